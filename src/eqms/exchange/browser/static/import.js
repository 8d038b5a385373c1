/* Files that are dropped are sent one by one, each with its progress. Without this script the form
   sends them all together. */
(() => {
  "use strict";
  const form = document.getElementById("eqms-import-form");
  if (!form || !window.fetch || !window.DataTransfer) {
    return;
  }
  const input = form.elements["files:list"];
  const area = form.querySelector(".eqms-drop");
  const list = document.getElementById("eqms-progress");
  const service = form.dataset.staging;
  const token = form.querySelector("input[name=_authenticator]").value;

  const call = async (url, body) => {
    const answer = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      headers: {
        "Accept": "application/json",
        "Content-Type": "application/json",
        "X-CSRF-TOKEN": token,
      },
      body: JSON.stringify(body),
    });
    const said = await answer.json();
    if (!answer.ok) {
      throw new Error(said.message || answer.statusText);
    }
    return said;
  };

  const encoded = (file) => new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

  const line = (file) => {
    const item = document.createElement("li");
    item.textContent = `${file.name}: ${form.dataset.waiting}`;
    list.append(item);
    return (words, style) => {
      item.textContent = `${file.name}: ${words}`;
      item.className = style || "";
    };
  };

  const send = async (file, url, tell) => {
    tell(form.dataset.sending);
    try {
      const data = await encoded(file);
      const entry = await call(url, { file: { data, filename: file.name } });
      if (entry.error) {
        tell(entry.error, "text-danger");
      } else {
        tell(`${entry.code} ${entry.title} (${entry.warnings.length})`, "text-success");
      }
    } catch (error) {
      tell(error.message, "text-danger");
    }
  };

  const sendAll = async (files) => {
    list.replaceChildren();
    const staging = await call(service, {});
    const lines = files.map(line);
    for (const [index, file] of files.entries()) {
      await send(file, staging["@id"], lines[index]);
    }
    window.location.assign(`${form.dataset.review}?id=${staging.id}`);
  };

  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.name === "stage" && input.files.length) {
      event.preventDefault();
      event.submitter.disabled = true;
      sendAll([...input.files]).catch((error) => {
        event.submitter.disabled = false;
        list.textContent = error.message;
      });
    }
  });
  for (const name of ["dragenter", "dragover"]) {
    area.addEventListener(name, (event) => {
      event.preventDefault();
      area.classList.add("eqms-over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    area.addEventListener(name, () => area.classList.remove("eqms-over"));
  }
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
  });
})();

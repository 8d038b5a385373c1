"""Reading the workflows and roles of the site into plain data; nothing is woken or written."""

from AccessControl.PermissionRole import rolesForPermissionOn
from borg.localrole.default_adapter import DefaultLocalRoleAdapter
from borg.localrole.interfaces import ILocalRoleProvider
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from eqms.domain import revisions
from eqms.domain.workflow_graph import EVERYBODY
from eqms.domain.workflow_graph import Grant
from eqms.domain.workflow_graph import Guard
from eqms.domain.workflow_graph import Site
from eqms.domain.workflow_graph import State
from eqms.domain.workflow_graph import Transition
from eqms.domain.workflow_graph import Workflow
from plone import api
from plone.dexterity.interfaces import IDexterityFTI
from plone.dexterity.utils import createContent
from Products.DCWorkflow.interfaces import IDCWorkflowDefinition
from Products.DCWorkflow.Transitions import TRIGGER_AUTOMATIC
from Products.PluggableAuthService.interfaces.plugins import IRolesPlugin
from typing import Any
from typing import Final
from zope.component import getSiteManager
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.i18nmessageid import Message


FINAL: Final = {"eqms_revision_workflow": frozenset((revisions.State.DISPOSED.value,))}
"""States that are meant to have no exit; DCWorkflow has no place to say so."""

MOST_OBJECTS: Final = 500
"""So many objects are asked for local roles at most: first the upper two levels of folders."""


def chains() -> dict[str, tuple[str, ...]]:
    """The workflows of each type, by ids."""
    return {fti.getId(): _chain(fti) for fti in api.portal.get_tool("portal_types").objectValues()}


def workflows(chains: dict[str, tuple[str, ...]]) -> list[Workflow]:
    """All workflows of the site in the order of their titles."""
    tool = api.portal.get_tool("portal_workflow")
    found = [_workflow(item, chains) for item in tool.objectValues() if _is_readable(item)]
    return sorted(found, key=lambda workflow: (workflow.title, workflow.id))


def site(workflows: Iterable[Workflow]) -> Site:
    """What the site says about the roles and permissions that workflows name."""
    portal = api.portal.get()
    permissions: set[str] = set()
    for workflow in workflows:
        permissions.update(workflow.permissions)
        permissions.update(name for item in workflow.transitions for name in item.guard.permissions)
    roles = frozenset(portal.valid_roles())
    held, everywhere = _held(roles)
    return Site(
        roles=roles,
        held=held,
        searched_all=everywhere,
        permissions={
            name: frozenset(rolesForPermissionOn(name, portal)) & roles for name in permissions
        },
    )


def title_of(text: str, identifier: str) -> str:
    """A title of a workflow, state or transition in the language of the request.

    Plone's own are in the domain of Plone, and so is what the menu shows; ours are in both.
    """
    for domain in ("plone", "eqms"):
        translated = translate(Message(text, domain), context=getRequest())
        if translated != text:
            return str(translated)
    return text or identifier


def _is_readable(definition: Any) -> bool:
    return bool(IDCWorkflowDefinition.providedBy(definition))


def _chain(fti: Any) -> tuple[str, ...]:
    """Asked of an object, because the chain may come from a behavior; it is thrown away."""
    tool = api.portal.get_tool("portal_workflow")
    if IDexterityFTI.providedBy(fti) and fti.getId() != "Plone Site":
        return tuple(tool.getChainFor(createContent(fti.getId()).__of__(api.portal.get())))
    return tuple(tool.getChainForPortalType(fti.getId()))


def _workflow(definition: Any, chains: dict[str, tuple[str, ...]]) -> Workflow:
    name = definition.getId()
    types = tuple(sorted(item for item, chain in chains.items() if name in chain))
    return Workflow(
        id=name,
        title=title_of(definition.title, name),
        initial=definition.initial_state or "",
        states=tuple(_state(state) for state in definition.states.objectValues()),
        transitions=tuple(_transition(item) for item in definition.transitions.objectValues()),
        permissions=tuple(definition.permissions),
        manager_bypass=bool(definition.manager_bypass),
        types=types,
        final=FINAL.get(name, frozenset()),
        # The catalog knows the state in the first workflow of a chain.
        content=_content([item for item in types if chains[item][0] == name]),
    )


def _state(state: Any) -> State:
    # DCWorkflow: a tuple of roles is all there are, a list adds to what is acquired.
    grants = {
        permission: Grant(frozenset(roles), acquired=isinstance(roles, list))
        for permission, roles in (state.permission_roles or {}).items()
    }
    name = state.getId()
    return State(name, title_of(state.title, name), tuple(state.transitions), grants)


def _transition(transition: Any) -> Transition:
    guard = transition.getGuard()
    name = transition.getId()
    return Transition(
        id=name,
        title=title_of(transition.actbox_name or transition.title, name),
        target=transition.new_state_id or "",
        guard=Guard(
            tuple(guard.permissions),
            tuple(guard.roles),
            tuple(guard.groups),
            guard.expr.text if guard.expr is not None else "",
        ),
        automatic=transition.trigger_type == TRIGGER_AUTOMATIC,
    )


def _content(types: Sequence[str]) -> dict[str, int]:
    """Content of the types by state, from the catalog alone."""
    catalog = api.portal.get_tool("portal_catalog")
    if not types:
        return {}
    counts = {
        state: len(catalog.unrestrictedSearchResults(portal_type=types, review_state=state))
        for state in catalog.Indexes["review_state"].uniqueValues()
    }
    return {state: count for state, count in counts.items() if count}


def _held(roles: frozenset[str]) -> tuple[frozenset[str], bool]:
    """Roles that somebody was found to have, and whether there was nowhere else to look."""
    held = {EVERYBODY, "Authenticated"}
    everywhere = not _giving_code()
    for plugin in _role_plugins():
        # Asking it role by role would look up every person by name.
        assigned = getattr(plugin, "_principal_roles", None)
        everywhere = everywhere and assigned is not None
        for given in (assigned or {}).values():
            held.update(given)
    items, all_of_them = _objects()
    for item in items:
        if roles <= held:
            break
        for _, given in item.get_local_roles():
            held.update(given)
    return frozenset(held), everywhere and all_of_them


def _role_plugins() -> Iterator[Any]:
    portal = api.portal.get()
    for folder in (portal.acl_users, portal.getPhysicalRoot().acl_users):
        for _, plugin in folder.plugins.listPlugins(IRolesPlugin):
            yield plugin


def _giving_code() -> bool:
    """Whether code of some add-on gives roles that no object has written on it."""
    manager = getSiteManager()
    registered = [*manager.registeredAdapters()]
    for base in manager.__bases__:
        registered += base.registeredAdapters()
    return any(
        item.provided is ILocalRoleProvider and item.factory is not DefaultLocalRoleAdapter
        for item in registered
    )


def _objects() -> tuple[Iterator[Any], bool]:
    """The site and objects in it that may give local roles, and whether these are all."""
    portal = api.portal.get()
    catalog = api.portal.get_tool("portal_catalog")
    complete = len(catalog) <= MOST_OBJECTS
    query: dict[str, Any] = {"path": {"query": "/".join(portal.getPhysicalPath())}}
    if not complete:
        query["path"]["depth"] = 2
        query["is_folderish"] = True
    brains = catalog.unrestrictedSearchResults(**query)[:MOST_OBJECTS]
    return _with_site(portal, brains), complete


def _with_site(portal: Any, brains: Iterable[Any]) -> Iterator[Any]:
    yield portal
    for brain in brains:
        yield brain._unrestrictedGetObject()

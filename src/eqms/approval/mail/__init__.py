"""Mail to the people of a route: written when something happens, sent by the clock.

What happens never waits for a mail server and is never undone by one: a note is put into the
outbox in the transaction of the event, and a job of the clock makes mails of what waits there.
"""

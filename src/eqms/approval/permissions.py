"""Permissions of this room by their titles; who holds them: profiles/default/rolemap.xml."""

APPROVE = "eqms: Approve revision"
ATTACH_COPIES = "eqms: Attach signed copies"
MANAGE_ROUTES = "eqms: Manage routes"
VIEW_TRAIL = "eqms: View trail"

from . import portal, portal_declaration

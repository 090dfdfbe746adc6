from . import portal, portal_certificate, portal_declaration

"""Issue decisions (quyết định ban hành): many documents issued or abolished in one act."""

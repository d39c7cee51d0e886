"""The stages that work on revisions: identify, translate, fingerprint, group."""

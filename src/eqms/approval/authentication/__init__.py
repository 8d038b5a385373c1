"""Who is at the keyboard at the moment of signing: proof, lock-out, challenges, hashes.

A confirmation by password or by a one-time code is a confirmation in this software. It is not a
digital signature and is never called one.
"""

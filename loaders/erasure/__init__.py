"""Somebody taken off the map for good, at their own word or a steward's: their records, and all
that was said by them and of them. Keys are kept: should a file bring them back, they are known.

    secret.py   the secret, and the file of keys, both outside the database
    keys.py     what is erased: a record of which a key is held
    strip.py    a row without those who were erased: a pure function
    honour.py   every batch of every load, and every word said, goes through it
    erase.py    one person, in one transaction; or the same rehearsed
    again.py    a database that was restored: whoever is erased is erased from it too

A key is an HMAC of a record's uid, or of an identifier: without the secret it names nobody. What is
left is what the graph would be had no row ever spoken of them, so others' ties stand.
"""

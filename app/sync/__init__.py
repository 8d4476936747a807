"""The client of the account service: what a bench recorded goes up, what others did comes down.

Everything here may meet a service that is away, slow, restored or lying. Each of these ends in a
`SyncFaultError` with a stable code; none of them loses an entry, and none half-applies a page
(design, sections 4 and 8).
"""

"""A stand-in for the WeCom (企业微信) server: same paths, JSON, limits and error codes, and nothing leaves the machine.

Words: a *call* is one `/cgi-bin` request of the program under test; the *control* API and the page play the
human beings (employee, candidate, administrator); a *callback* is what WeCom posts back; the *journal* is what
happened, without secrets; the *virtual clock* is real time plus an offset that only moves forward.
It imports nothing of the product and the product imports nothing of it.
"""

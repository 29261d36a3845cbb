"""Starts, watches and stops the processes of one installation: postgres, web, live, worker and janus.

Plain Python without Django, so that it starts at once and outlives whatever breaks in the pages.
"""

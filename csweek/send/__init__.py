"""Letters to mail servers and webhooks: paced, tried again, and each marked before it leaves.

A letter's fate is known unless the answer to it was lost. Such a one is never sent again unasked.
"""

"""The portal: a party opens what was sealed for them, reads, signs, sends to the inbox. Nothing else is served."""

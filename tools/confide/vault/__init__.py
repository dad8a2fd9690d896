"""OpenPGP: people's keys, partnership keys, the keystore, and boxes locked with a passphrase. No plaintext on disk."""

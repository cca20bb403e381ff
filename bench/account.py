"""The invented account that the figures are measured with, and the address that is signed. Used nowhere else."""

PUBLIC_HOST = "polreswa.example"
PUBLIC_URL = f"https://{PUBLIC_HOST}"
ACCOUNT_SID = "AC00000000000000000000000000000001"
AUTH_TOKEN = "7d1f0c2ab94e4c6f8e35d0a91b62c47f"
SECRET_KEY = "bench-only-93f0b1c6d27e48a5b60e7f12c94ad358"

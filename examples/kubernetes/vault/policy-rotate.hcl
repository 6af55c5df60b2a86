path "secret/data/shop/prod" {
  capabilities = ["read", "update"]
}

path "secret/metadata/shop/prod" {
  capabilities = ["read"]
}

path "secret/data/shop/prod" {
  capabilities = ["read"]
}

# The dates, for `age`.
path "secret/metadata/shop/prod" {
  capabilities = ["read"]
}

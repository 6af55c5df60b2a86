#!/bin/sh
# A server for trying things out: in memory, with a random root token, random secrets, and one role that may read them.
# It leaves the role's secret id in the folder $APPROLE, where the shop's container finds it.
set -eu

BAO_TOKEN=$(od -An -v -tx1 -N16 /dev/urandom | tr -d ' \n')
BAO_ADDR=http://${LISTEN:-127.0.0.1:8200}
export BAO_TOKEN BAO_ADDR

BAO_DEV_ROOT_TOKEN_ID=$BAO_TOKEN bao server -dev -dev-no-store-token -dev-listen-address="${BAO_ADDR#http://}" >/dev/null &
server=$!
trap 'kill "$server"' INT TERM

until bao status >/dev/null 2>&1; do
    kill -0 "$server"
    sleep 0.2
done

random() {
    od -An -v -tx1 -N16 /dev/urandom | tr -d ' \n'
}

# Values go in by standard input: on a command line others would see them.
printf '{"DATABASE_PASSWORD": "%s", "PAYMENT_API_KEY": "%s"}' "$(random)" "$(random)" | bao kv put secret/shop - >/dev/null
bao policy write shop - >/dev/null <<'POLICY'
path "secret/data/shop" { capabilities = ["read"] }
POLICY
bao auth enable approle >/dev/null
bao write auth/approle/role/shop role_id=shop token_policies=shop token_ttl=10m >/dev/null
bao write -f -field=secret_id auth/approle/role/shop/secret-id >"$APPROLE/secret-id.new"
mv "$APPROLE/secret-id.new" "$APPROLE/secret-id"
echo "ready"

wait "$server"

#!/bin/sh
# Kubernetes auth, a policy and a role for the service account. `bao` of OpenBao takes the same commands: VAULT=bao.
set -eu
cd "$(dirname "$0")"

VAULT=${VAULT:-vault}
KUBERNETES_HOST=${KUBERNETES_HOST:-https://kubernetes.default.svc}
# The certificate authority of the cluster, in a file, for a Vault that does not run in it.
KUBERNETES_CA=${KUBERNETES_CA:-}

"$VAULT" auth enable kubernetes
"$VAULT" write auth/kubernetes/config kubernetes_host="$KUBERNETES_HOST" \
    ${KUBERNETES_CA:+"kubernetes_ca_cert=@$KUBERNETES_CA"}
"$VAULT" policy write shop-read policy-read.hcl
"$VAULT" policy write shop-rotate policy-rotate.hcl
"$VAULT" write auth/kubernetes/role/shop bound_service_account_names=shop bound_service_account_namespaces=shop \
    audience=vault token_policies=shop-read token_ttl=10m

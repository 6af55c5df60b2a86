#!/bin/sh
# A role for the service account, with the least policy. Account, region and the cluster's OIDC provider stand in the files.
set -eu
cd "$(dirname "$0")"

WAY=${1:-irsa} # or pod-identity
CLUSTER=${CLUSTER:-shop-prod}

role=$(aws iam create-role --role-name shop --assume-role-policy-document "file://iam-trust-$WAY.json" \
    --query Role.Arn --output text)
aws iam put-role-policy --role-name shop --policy-name read-secrets --policy-document file://iam-read.json

if [ "$WAY" = pod-identity ]; then
    aws eks create-pod-identity-association --cluster-name "$CLUSTER" --namespace shop --service-account shop \
        --role-arn "$role"
fi
echo "eks.amazonaws.com/role-arn: $role"

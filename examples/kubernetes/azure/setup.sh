#!/bin/sh
# An identity for the service account, and the right to read the vault's secrets. Once for each cluster.
set -eu

GROUP=${GROUP:-shop-prod}
CLUSTER=${CLUSTER:-shop-prod}
VAULT=${VAULT:-shop-prod}

az identity create --name shop --resource-group "$GROUP" --output none
client=$(az identity show --name shop --resource-group "$GROUP" --query clientId --output tsv)
principal=$(az identity show --name shop --resource-group "$GROUP" --query principalId --output tsv)
issuer=$(az aks show --name "$CLUSTER" --resource-group "$GROUP" --query oidcIssuerProfile.issuerUrl --output tsv)
vault=$(az keyvault show --name "$VAULT" --resource-group "$GROUP" --query id --output tsv)

az identity federated-credential create --name shop --identity-name shop --resource-group "$GROUP" --output none \
    --issuer "$issuer" --subject system:serviceaccount:shop:shop --audiences api://AzureADTokenExchange

# Reads secrets, and lists their names and dates, which `age` needs. `rotate` needs Key Vault Secrets Officer.
az role assignment create --role "Key Vault Secrets User" --scope "$vault" --output none \
    --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal

echo "azure.workload.identity/client-id: $client"

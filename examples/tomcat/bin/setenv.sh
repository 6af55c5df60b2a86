# shellcheck shell=sh
# catalina.sh reads this file. CATALINA_OPTS is for the server alone: `catalina.sh stop` starts a JVM too, without it.
CATALINA_OPTS="$CATALINA_OPTS -javaagent:$SECRET_AGENT_HOME/lib/secret-agent.jar=$CATALINA_BASE/conf/secrets.yaml"

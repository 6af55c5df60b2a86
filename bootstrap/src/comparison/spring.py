#!/usr/bin/env python3
"""What a Spring Boot application with a web server takes to start when it reads ten secrets by Spring Cloud's clients,
and when Secret Agent brings them, beside the same application without secrets. Prints a table in Markdown.

    ./mvnw -q package -DskipTests -pl agent,bootstrap dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=/tmp/classpath
    ./mvnw -q -f bootstrap/src/comparison/spring/pom.xml package
    JAVA_HOME=/opt/jdk bootstrap/src/comparison/spring.py bootstrap/target/test-classes:bootstrap/target/classes:$(cat /tmp/classpath) [ROUNDS]

The servers and the rounds are those of start.py. The application runs from its jar and says when its main has the
secrets; what it read is compared with what is in the stores. With Secret Agent it is the jar without Spring Cloud, and
the helper has the archive of `secret-agent warm`. Processor time is that of the process and of its helper.
"""
import sys

sys.dont_write_bytecode = True  # no folder of it among the sources

import hashlib, os

import start

JARS = os.path.dirname(os.path.abspath(__file__)) + '/spring/%s/target/%s.jar'
SECRETS = ['s%d' % number for number in range(1, 11)]


def cases(environment, options):
    agent = '-javaagent:' + start.DISTRIBUTION + '/lib/secret-agent.jar=' + start.WORK + '/'
    address, endpoint, url = (server(backend) for backend in ('vault', 'aws', 'azure'))
    every = {'plain': application('plain', [], environment)}
    for name, jar, jvm, properties in (
            ('Vault', 'vault', [], {
                'spring.config.import': ','.join('vault://secret/%s?prefix=%s.' % (name, name) for name in SECRETS),
                'spring.cloud.vault.uri': address,
                'spring.cloud.vault.token': '${VAULT_TOKEN}',
                'names': ','.join(name + '.value' for name in SECRETS)}),
            ('AWS', 'aws', [], {
                'spring.config.import': 'aws-secretsmanager:' + ';'.join(SECRETS),
                'spring.cloud.aws.secretsmanager.endpoint': endpoint,
                'spring.cloud.aws.secretsmanager.region': 'us-east-1',
                'names': ','.join(SECRETS)}),
            ('Azure', 'azure', options, {
                'spring.cloud.azure.keyvault.secret.property-sources[0].endpoint': url,
                'spring.cloud.azure.keyvault.secret.property-sources[0].secret-keys': ','.join(SECRETS),
                'spring.cloud.azure.keyvault.secret.property-sources[0].credential.managed-identity-enabled': 'true',
                'names': ','.join(SECRETS)})):
        every['Spring Cloud ' + name] = application(jar, jvm, environment, properties)
        every['Secret Agent, ' + name] = application(
            'plain', [*jvm, agent + jar + '.yaml'], environment,
            {'names': ','.join('%s.%s' % (jar, name) for name in SECRETS)})
    return every


def server(backend):
    """Its address, which the mapping has in quotation marks."""
    with open(start.WORK + '/' + backend + '.yaml') as mapping:
        return mapping.read().split('"')[1]


def application(jar, options, environment, properties={}):
    arguments = ['--%s=%s' % (name, value) for name, value in {'server.port': 0, **properties}.items()]
    # Tomcat leaves folders where temporary files are.
    return ['-Djava.io.tmpdir=' + start.WORK, *options, '-jar', JARS % (jar, jar), *arguments], environment


def check(taken):
    values = ''.join(open(start.WORK + '/store/' + name).read() for name in SECRETS)
    for name in taken:
        expected = hashlib.sha256(b'' if name == 'plain' else values.encode()).hexdigest()
        if any(start.said(output, 'Read') != expected for *_, output in taken[name]):
            sys.exit(name + ' did not read what is in the store')


def main():
    start.prepare()
    with start.stores() as reach:
        taken = start.rounds(cases(*reach))
        check(taken)
        # Until main has the secrets, processor time, MiB.
        figures = {name: [(ready, used, int(start.said(output, 'VmRSS:')) / 1024) for ready, _, used, output in results]
                   for name, results in taken.items()}
        print('plain: ready after %s s, %s s of processor time, %s MiB\n' % tuple(
            start.spread([figure[i] for figure in figures['plain']]) for i in (0, 1, 2)))
        print('| adds | s until ready | s of processor time | MiB |')
        print('|---|---|---|---|')
        for name in list(figures)[1:]:
            print('| %s | %s | %s | %s |' % (name, *(start.difference(figures, name, i) for i in (0, 1, 2))))


main()

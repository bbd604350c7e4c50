import { basename, resolve } from 'node:path'
import { isCancel, log, select, text } from '@clack/prompts'
import { checkDirectory } from './check-directory.js'
import { checkIssuer } from './check-issuer.js'
import { checkName } from './check-name.js'
import { AUTHS, type AuthName, DEFAULTS, TEMPLATES, type TemplateName } from './choices.js'
import { ExitCode, Problem } from './problem.js'

/** Asks for a name until there is one whose directory can be used, and returns that directory. */
export async function askName(cwd: string): Promise<string> {
  for (;;) {
    const name = answered(
      await text({
        message: 'What is it called? That becomes its directory, too.',
        placeholder: DEFAULTS.name,
        defaultValue: DEFAULTS.name,
        validate: (value) => (value ? checkName(value) : undefined),
      }),
    )
    // `@acme/notes` is in `notes`.
    const directory = resolve(cwd, basename(name))
    const problem = await checkDirectory(directory, cwd).then(
      () => undefined,
      (error: unknown) => error,
    )
    if (problem === undefined) return name
    if (!(problem instanceof Problem)) throw problem
    log.error(problem.message)
  }
}

export async function askTemplate(): Promise<TemplateName> {
  const answer = await select<string>({
    message: 'What does it start as?',
    options: optionsOf(TEMPLATES),
    initialValue: DEFAULTS.template,
  })
  return answered(answer) as TemplateName
}

export async function askAuth(): Promise<AuthName> {
  const answer = await select<string>({
    message: 'Which authorization server do its users log in to?',
    options: optionsOf(AUTHS),
    initialValue: DEFAULTS.auth,
  })
  return answered(answer) as AuthName
}

/** The issuer, or nothing when whoever is asked does not know it yet. */
export async function askIssuer(): Promise<string | undefined> {
  const answer = await text({
    message: 'What is its issuer, as its metadata spells it? Empty: from MCP_AUTH_ISSUER, later.',
    placeholder: 'https://login.example.com',
    defaultValue: '',
    validate: (value) => (value ? checkIssuer(value) : undefined),
  })
  return answered(answer) || undefined
}

function optionsOf(choices: Readonly<Record<string, string>>): { value: string; label: string; hint: string }[] {
  return Object.entries(choices).map(([value, hint]) => ({ value, label: value, hint }))
}

function answered(answer: string | symbol): string {
  if (isCancel(answer)) throw new Problem('Stopped; nothing was written.', ExitCode.interrupted)
  return String(answer)
}

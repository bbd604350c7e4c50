import { existsSync } from 'node:fs'
import type { ts } from 'ts-morph'
import { flatMessage } from './compiler-message.js'
import { onDisk } from './layout.js'
import { typescript } from './ts-morph.js'

export interface Config {
  readonly options: ts.CompilerOptions
  /** Changes when the options do. */
  readonly stamp: string
  readonly problem: string | null
}

const DEFAULTS: ts.CompilerOptions = {
  target: typescript.ScriptTarget.ES2023,
  module: typescript.ModuleKind.NodeNext,
  moduleResolution: typescript.ModuleResolutionKind.NodeNext,
}

/** The compiler options of a project, without what its tsconfig.json includes. */
export function readConfig(directory: string): Config {
  const path = onDisk(directory, 'tsconfig.json')
  if (!existsSync(path)) return { options: DEFAULTS, stamp: '', problem: null }
  const { config, error } = typescript.readConfigFile(path, typescript.sys.readFile)
  if (error !== undefined) return { options: DEFAULTS, stamp: '', problem: flatMessage(error.messageText) }
  // Only the options matter here, so that the files it includes are not searched for.
  const host: ts.ParseConfigHost = { ...typescript.sys, readDirectory: () => [] }
  const { options, errors } = typescript.parseJsonConfigFileContent(config, host, directory)
  const fatal = errors.find(({ code }) => code !== NO_INPUTS_FOUND)
  return {
    options,
    stamp: JSON.stringify(options),
    problem: fatal === undefined ? null : flatMessage(fatal.messageText),
  }
}

/** "No inputs were found in config file": ours to find. */
const NO_INPUTS_FOUND = 18003

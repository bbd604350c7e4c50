/** The part of yargs that this package uses: it ships no types, and those of others lag behind. */
declare module 'yargs' {
  export interface Option {
    readonly type?: 'string' | 'boolean'
    readonly choices?: readonly string[]
    readonly default?: string | boolean
    readonly demandOption?: boolean
    readonly requiresArg?: boolean
    /** Whether the commands of a command take it too, as they do unless it is false. */
    readonly global?: boolean
    readonly describe: string
  }

  export interface Parser {
    scriptName(name: string): this
    usage(text: string): this
    example(command: string, text: string): this
    /** What a command gets follows from its options, which yargs checks: `Arguments` has to say the same. */
    command<Arguments>(
      name: string,
      text: string,
      options: (command: Parser) => Parser,
      run: (args: Arguments) => unknown,
    ): this
    option(name: string, option: Option): this
    positional(name: string, option: Option): this
    demandCommand(min: number, max: number, tooFew: string, tooMany: string): this
    alias(name: string, other: string): this
    strict(): this
    recommendCommands(): this
    completion(command: string, text: string): this
    parserConfiguration(configuration: Readonly<Record<string, boolean>>): this
    version(version: string | false): this
    locale(name: string): this
    exitProcess(enabled: boolean): this
    wrap(columns: number): this
    fail(report: (message: string, error: Error | undefined) => never): this
    parseAsync(argv: readonly string[], done: (error: unknown, argv: unknown, output: string) => void): Promise<unknown>
  }

  export default function yargs(): Parser
}

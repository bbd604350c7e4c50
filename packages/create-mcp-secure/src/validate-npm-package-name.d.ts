// The package has no types of its own.
declare module 'validate-npm-package-name' {
  interface Verdict {
    readonly validForNewPackages: boolean
    readonly errors?: readonly string[]
    readonly warnings?: readonly string[]
  }
  export default function validate(name: string): Verdict
}

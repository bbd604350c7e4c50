import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const EVERY = [
  'packages/*/test/**/*.test.ts',
  'examples/*/test/**/*.test.ts',
  'scripts/test/**/*.test.ts',
  'attack/test/**/*.test.ts',
  'examples/*/generated/*.test.ts',
  'templates/project/[!_]*/test/**/*.test.ts',
  'templates/project/[!_]*/generated/*.test.ts',
]

/** Files that set what belongs to the whole process, its environment or its tracer: each gets a process of its own. */
const ALONE = [
  'attack/test/leaks.test.ts',
  'examples/*/test/**/*.test.ts',
  'packages/console/test/browser.test.ts',
  'packages/runtime/test/lanes/surroundings.test.ts',
  'packages/runtime/test/tracing.test.ts',
  'templates/project/[!_]*/test/**/*.test.ts',
]

const COMPILER = ['packages/generator/test/**/*.test.ts']

const NO_TESTS = ['**/node_modules/**', '**/fixtures/**', '**/golden/**', '.packed/**', '.created/**']

/** Files that take longest: what begins last ends last, and would leave the other processes idle. */
const LONG = [
  'console/test/browser.test.ts',
  'generator/test/cures.test.ts',
  'generator/test/dev/life.test.ts',
  'generator/test/diagnostics.test.ts',
  'generator/test/cli/add.test.ts',
  'generator/test/dev/ports.test.ts',
  'testing/test/access-matrix.test.ts',
  'create-mcp-secure/test/compiles.test.ts',
]

/** One project after the other, because a process is kept for the next file of the same one; of each the long files first. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONG.findIndex((path) => moduleId.endsWith(path))
      return at === -1 ? LONG.length : at
    }
    return [...(await super.sort(files))].sort(
      (one, other) => one.project.name.localeCompare(other.project.name) || place(one) - place(other),
    )
  }
}

export default defineConfig({
  test: {
    // Many tests wait for programs that they started, so that a core for the tool itself would be idle.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 90_000,
    projects: [
      { extends: true, test: { name: 'alone', include: ALONE, exclude: NO_TESTS } },
      // The rest share processes: to load the compiler anew for each file took longer than many a test.
      {
        extends: true,
        test: {
          name: 'compiler',
          isolate: false,
          include: COMPILER,
          exclude: NO_TESTS,
          setupFiles: ['packages/generator/test/support/put-away.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'shared', isolate: false, include: EVERY, exclude: [...NO_TESTS, ...ALONE, ...COMPILER] },
      },
    ],
  },
})

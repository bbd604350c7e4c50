import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectEnvironment } from '../../dist/dev/environment.js'
import { temporaryProject } from '../support/project.js'

it('what .env sets is there, and the real environment wins', () => {
  const directory = temporaryProject({ '.env': 'A=file\nB=file\n' })
  expect(projectEnvironment(directory, { B: 'real' })).toEqual({
    variables: { A: 'file', B: 'real', NODE_ENV: 'development' },
  })
})

it('without a .env the real environment is all there is', () => {
  expect(projectEnvironment(temporaryProject(), { A: 'real' })).toEqual({
    variables: { A: 'real', NODE_ENV: 'development' },
  })
})

it('a .env that cannot be read is no .env that sets nothing', () => {
  const directory = temporaryProject()
  mkdirSync(join(directory, '.env'))
  expect(projectEnvironment(directory, {})).toEqual({ problem: '.env cannot be read (EISDIR).' })
})

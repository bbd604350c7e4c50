import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@mcp-secure/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../store/database.js'
import { NoteStore } from '../store/notes.js'

const postgres = await startPostgres()
if (!postgres) console.warn('skipped: the notes store on PostgreSQL, because no PostgreSQL is installed')
afterAll(() => postgres?.stop())

const places = [
  {
    name: 'PGlite in this process',
    database: () => mkdtemp(join(tmpdir(), 'notes-')).then((folder) => ({ NOTES_DATA: folder })),
  },
  { name: 'a PostgreSQL server', database: async () => ({ DATABASE_URL: postgres?.url }), skip: !postgres },
]

describe.each(places)('notes in $name', ({ database: where, skip }) => {
  describe.skipIf(skip)('', () => {
    let environment: NodeJS.ProcessEnv
    let database: Database
    let notes: NoteStore

    beforeAll(async () => {
      environment = await where()
      database = await openDatabase(environment)
      notes = await NoteStore.open(database)
    })

    afterAll(async () => {
      await database.close()
      if (environment.NOTES_DATA) await rm(environment.NOTES_DATA, { recursive: true })
    })

    it('gives back what an owner wrote, newest first', async () => {
      const first = await notes.create('ada', 'First', 'one')
      const second = await notes.create('ada', 'Second', 'two')
      expect((await notes.list('ada')).map((note) => note.id)).toEqual([second, first])
      expect(await notes.read('ada', first)).toMatchObject({ title: 'First', text: 'one' })
    })

    it('does not show a note to another user, by list or by id', async () => {
      const id = await notes.create('ada', 'Private', 'secret')
      expect(await notes.list('grace')).toEqual([])
      expect(await notes.read('grace', id)).toBeUndefined()
    })

    it('does not let another user delete a note', async () => {
      const id = await notes.create('ada', 'Kept', 'still here')
      expect(await notes.delete('grace', id)).toBe(false)
      expect(await notes.read('ada', id)).toMatchObject({ title: 'Kept' })
    })

    it('takes an owner and a text as values, never as SQL', async () => {
      const owner = "'; drop table notes; --"
      const id = await notes.create(owner, 'Bobby', "'); delete from notes; --")
      expect(await notes.read(owner, id)).toMatchObject({ text: "'); delete from notes; --" })
      expect((await notes.list('ada')).length).toBeGreaterThan(0)
    })

    it('keeps its notes when it is opened again', async () => {
      const id = await notes.create('ada', 'Kept over a restart', '')
      await database.close()
      database = await openDatabase(environment)
      notes = await NoteStore.open(database)
      expect(await notes.read('ada', id)).toMatchObject({ title: 'Kept over a restart' })
    })

    it('deletes once, and says when there was nothing to delete', async () => {
      const id = await notes.create('ada', 'Gone', '')
      expect(await notes.delete('ada', id)).toBe(true)
      expect(await notes.delete('ada', id)).toBe(false)
    })
  })
})

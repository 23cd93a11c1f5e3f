/** Short names for the shapes of the books. */
import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type Book = Schemas['BookAnswer']
export type BookEntry = Schemas['EntrySchema']
export type EntryKind = Schemas['EntryKind']
export type EntryState = Schemas['EntryState']
export type Open = Schemas['OpenAnswer']
export type Problem = Schemas['ProblemSchema']
export type Problems = Schemas['ProblemsAnswer']
export type ServiceBook = Schemas['ServiceAnswer']

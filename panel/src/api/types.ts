/** Short names for the shapes of the API. */
import type { components } from './schema'

/** The shapes as the client hands them out: it takes a pair for a list. */
type Handed<T> = T extends [number, number]
  ? number[]
  : T extends (infer Item)[]
    ? Handed<Item>[]
    : T extends object
      ? { [Key in keyof T]: Handed<T[Key]> }
      : T

type Schemas = { [Name in keyof components['schemas']]: Handed<components['schemas'][Name]> }

export type Clock = Schemas['ClockSchema']
export type Conversation = Schemas['ConversationSchema']
export type ConversationDetail = Schemas['ConversationDetail']
export type Finding = Schemas['FindingSchema']
export type Line = Schemas['MessageSchema']
export type Order = Schemas['OrderSchema']
export type Session = Schemas['SessionAnswer']
export type Shop = Schemas['ShopSchema']
export type Suggested = Schemas['SuggestedSchema']
export type Suggestion = Schemas['SuggestionSchema']
export type Agent = Schemas['AgentAnswer']
export type Clause = Schemas['ClauseSchema']
export type Cover = Schemas['TopicCover']
export type Figures = Schemas['FiguresSchema']
export type MissGroup = Schemas['MissGroupSchema']
export type Proposal = Schemas['ProposalSchema']
export type Proposed = Schemas['ProposedAnswer']
export type Reply = Schemas['ReplySchema']
export type ReplyDetail = Schemas['ReplyDetail']
export type Statistics = Schemas['StatisticsAnswer']
export type Topic = Schemas['TopicSchema']

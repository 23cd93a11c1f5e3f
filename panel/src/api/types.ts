/** Short names for the shapes of the API. */
import type { components } from './schema'

type Schemas = components['schemas']

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

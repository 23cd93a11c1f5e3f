/** Short names for the shapes of hours and policies. */
import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type Hours = Schemas['HoursRecord']
export type HoursAnswer = Schemas['HoursAnswer']
export type Day = Schemas['DaySchema']
export type Preset = Schemas['PresetSchema']
export type Auto = Schemas['AutoRecord']
export type PolicyAnswer = Schemas['PolicyAnswer']
export type TrialPage = Schemas['TrialAnswer']
export type TriedTalk = Schemas['TriedTalkSchema']

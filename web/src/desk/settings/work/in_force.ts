/** What every line of what is in force tells. */
export interface Told { default: string; source: string; confidence: string; note: string }

/** What crosses the wire about campaigns, tracking URLs and mass emails. */
import { z } from 'zod'
import { hindrances } from '../audience/codes.ts'
import { byId, emptiable, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'
import { campaignStatuses, campaignTypes } from './campaign.ts'
import { massEmailStatuses, userSteps } from './mass-email.ts'
import { overridable } from './preflight.ts'

const name = (thing: string) => z.string().trim().min(1, `A ${thing} needs a name.`).max(200)
const day = z.iso.date('A day looks like 2030-01-31.')
const instant = z.iso.datetime({ offset: true, message: 'A time looks like 2030-01-31T12:00:00Z.' })
const listIds = z.array(z.string()).max(200)

/** People's deliveries and answers in numbers; machines are left out. The whole is at …/figures. */
const Numbers = z.object({
  people: z.number(), sent: z.number(), failed: z.number(), skipped: z.number(), uncertain: z.number(),
  opened: z.number(), clicked: z.number(), optedOut: z.number(), bounced: z.number(),
})
const Named = z.object({ id: z.string(), name: z.string() })

export const Campaign = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(campaignTypes),
  status: z.enum(campaignStatuses),
  description: z.string(),
  startDate: z.string().nullable(),
  endDate: z.string().nullable(),
  trackAllLinks: z.boolean(),
  targetListIds: z.array(z.string()),
  excludingTargetListIds: z.array(z.string()),
  targetLists: z.array(Named),
  excludingTargetLists: z.array(Named),
  assignedUserId: z.string().nullable(),
  assignedUserName: z.string().nullable(),
  teamIds: z.array(z.string()),
  massEmails: z.number(),
  figures: Numbers,
  createdAt: z.string(),
  modifiedAt: z.string(),
  version: z.number(),
})
export type Campaign = z.output<typeof Campaign>

const campaignInput = {
  type: z.enum(campaignTypes).optional(),
  status: z.enum(campaignStatuses).optional(),
  description: emptiable(z.string().max(100_000)).optional(),
  startDate: day.nullable().optional(),
  endDate: day.nullable().optional(),
  trackAllLinks: z.boolean().optional(),
  targetListIds: listIds.optional(),
  excludingTargetListIds: listIds.optional(),
  assignedUserId: z.string().nullable().optional(),
  teamIds: z.array(z.string()).max(100).optional(),
}

export const listCampaigns = endpoint('GET /api/v1/campaigns', {
  allow: 'some:Campaign', summary: 'Campaigns', query: listQuery, result: pageOf(Campaign.partial()),
})
export const createCampaign = endpoint('POST /api/v1/campaigns', {
  allow: 'signedIn', summary: 'Create a campaign', status: 201, body: z.strictObject({ name: name('campaign'), ...campaignInput }), result: Campaign,
})
export const getCampaign = endpoint('GET /api/v1/campaigns/:id', { allow: 'signedIn', summary: 'A campaign', params: byId, result: Campaign })
export const changeCampaign = endpoint('PATCH /api/v1/campaigns/:id', {
  allow: 'signedIn', summary: 'Change a campaign; while it is not active, its mass emails stand still', params: byId,
  body: z.strictObject({ name: name('campaign').optional(), ...campaignInput }), result: Campaign,
})
export const removeCampaign = endpoint('DELETE /api/v1/campaigns/:id', {
  allow: 'signedIn', summary: 'Delete a campaign: what is unsent is canceled, links in sent mail keep working', params: byId,
})
export const duplicateCampaign = endpoint('POST /api/v1/campaigns/:id/duplicate', {
  allow: 'signedIn', summary: 'A campaign in planning with the same lists, tracking URLs and drafts of its mass emails', status: 201, params: byId,
  body: z.strictObject({ name: name('campaign').optional() }),
  /** `trackingUrls`: which code stands in the copy for which of the original. */
  result: Campaign.extend({ trackingUrls: z.array(z.object({ from: z.string(), to: z.string() })) }),
})

export const TrackingUrl = z.object({
  id: z.string(),
  /** To be put in a template: `{trackingUrl:ID}`. */
  code: z.string(),
  campaignId: z.string(),
  name: z.string(),
  action: z.enum(['redirect', 'showMessage']),
  url: z.string(),
  message: z.string(),
  automatic: z.boolean(),
  /** People who clicked, and all clicks; machines are left out. */
  clicked: z.number(),
  clicks: z.number(),
  createdAt: z.string(),
  modifiedAt: z.string(),
  version: z.number(),
})
export type TrackingUrl = z.output<typeof TrackingUrl>

const trackingUrlInput = {
  name: emptiable(z.string().trim().max(200)).optional(),
  url: emptiable(z.string().trim().max(4000)).optional(),
  message: emptiable(z.string().max(100_000)).optional(),
}

export const listTrackingUrls = endpoint('GET /api/v1/tracking-urls', {
  allow: 'some:Campaign', summary: 'Named links', query: listQuery.extend({ campaignId: z.string().optional() }), result: pageOf(TrackingUrl.partial()),
})
export const createTrackingUrl = endpoint('POST /api/v1/tracking-urls', {
  allow: 'signedIn', summary: 'Create a named link of a campaign', status: 201,
  body: z.strictObject({ campaignId: z.string(), action: z.enum(['redirect', 'showMessage']), ...trackingUrlInput }), result: TrackingUrl,
})
export const getTrackingUrl = endpoint('GET /api/v1/tracking-urls/:id', { allow: 'signedIn', summary: 'A named link', params: byId, result: TrackingUrl })
export const changeTrackingUrl = endpoint('PATCH /api/v1/tracking-urls/:id', {
  allow: 'signedIn', summary: 'Change a named link, also of mail already sent; audited', params: byId,
  body: z.strictObject({ action: z.enum(['redirect', 'showMessage']).optional(), ...trackingUrlInput }), result: TrackingUrl,
})
export const removeTrackingUrl = endpoint('DELETE /api/v1/tracking-urls/:id', {
  allow: 'signedIn', summary: 'Delete a named link; in mail already sent it keeps working', params: byId,
})

export const MassEmail = z.object({
  id: z.string(),
  name: z.string(),
  campaignId: z.string(),
  campaignName: z.string(),
  campaignType: z.enum(campaignTypes),
  campaignStatus: z.enum(campaignStatuses),
  status: z.enum(massEmailStatuses),
  emailTemplateId: z.string().nullable(),
  emailTemplateName: z.string().nullable(),
  dateStart: z.string().nullable(),
  /** Past it, a mass email that has not started goes back to draft. */
  startBy: z.string().nullable(),
  targetListIds: z.array(z.string()),
  excludingTargetListIds: z.array(z.string()),
  targetLists: z.array(Named),
  excludingTargetLists: z.array(Named),
  /** False while the lists are the campaign's. */
  ownTargetLists: z.boolean(),
  accountId: z.string().nullable(),
  accountName: z.string().nullable(),
  /** Accounts that share it with that one, by their weights. */
  sharedAccountIds: z.array(z.string()),
  fromAddress: z.string(),
  fromName: z.string(),
  replyToAddress: z.string(),
  replyToName: z.string(),
  optOutEntirely: z.boolean(),
  storeSentEmails: z.boolean(),
  override: z.array(z.string()),
  /** Why it went back to draft, failed or the like, in words. */
  notice: z.string().nullable(),
  /** A code: by the safety stop, because the account changed; null when a person did. The notice has the words. */
  pausedReason: z.string().nullable(),
  /** Paused, and its template has changed since it was frozen: the rest may go out in the new version. */
  newVersion: z.boolean(),
  allowedSteps: z.array(z.enum(userSteps)),
  /** Null where nobody asked for approval. `holds`: nothing of what was asked for has changed since. */
  approval: z.object({
    askedById: z.string(), askedByName: z.string(), askedAt: z.string(), note: z.string(), approvedByName: z.string().nullable(), approved: z.boolean(), holds: z.boolean(),
  }).nullable(),
  figures: Numbers,
  frozenAt: z.string().nullable(),
  completedAt: z.string().nullable(),
  createdAt: z.string(),
  modifiedAt: z.string(),
  version: z.number(),
})
export type MassEmail = z.output<typeof MassEmail>

const massEmailInput = {
  emailTemplateId: z.string().nullable().optional(),
  dateStart: instant.nullable().optional(),
  startBy: instant.nullable().optional(),
  status: z.enum(massEmailStatuses).optional(),
  /** `null`: the campaign's lists. */
  targetListIds: listIds.nullable().optional(),
  excludingTargetListIds: listIds.nullable().optional(),
  accountId: z.string().nullable().optional(),
  sharedAccountIds: z.array(z.string()).max(50).optional(),
  fromAddress: emptiable(z.string().trim().max(320)).optional(),
  fromName: emptiable(z.string().trim().max(200)).optional(),
  replyToAddress: emptiable(z.string().trim().max(320)).optional(),
  replyToName: emptiable(z.string().trim().max(200)).optional(),
  optOutEntirely: z.boolean().optional(),
  storeSentEmails: z.boolean().optional(),
  /** Errors of the pre-flight that a person takes upon itself, by name. */
  override: z.array(z.enum(overridable)).optional(),
}

export const listMassEmails = endpoint('GET /api/v1/mass-emails', {
  allow: 'some:Campaign', summary: 'Mass emails', result: pageOf(MassEmail.partial()),
  query: listQuery.extend({ campaignId: z.string().optional(), status: z.enum(massEmailStatuses).optional() }),
})
export const createMassEmail = endpoint('POST /api/v1/mass-emails', {
  allow: 'signedIn', summary: 'Create a mass email', status: 201,
  body: z.strictObject({ campaignId: z.string(), name: name('mass email').optional(), ...massEmailInput }), result: MassEmail,
})
export const getMassEmail = endpoint('GET /api/v1/mass-emails/:id', { allow: 'signedIn', summary: 'A mass email', params: byId, result: MassEmail })
export const changeMassEmail = endpoint('PATCH /api/v1/mass-emails/:id', {
  allow: 'signedIn', summary: 'Change a mass email; `status` moves between draft and pending', params: byId,
  body: z.strictObject({ name: name('mass email').optional(), ...massEmailInput }), result: MassEmail,
})
export const removeMassEmail = endpoint('DELETE /api/v1/mass-emails/:id', {
  allow: 'signedIn', summary: 'Delete a mass email: what is unsent is canceled, links in sent mail keep working', params: byId,
})
export const duplicateMassEmail = endpoint('POST /api/v1/mass-emails/:id/duplicate', {
  allow: 'signedIn', summary: 'A draft with the same template, lists and sender', status: 201, params: byId,
  body: z.strictObject({ name: name('mass email').optional() }), result: MassEmail,
})

const approvalPath = '/api/v1/mass-emails/:id/approval'
export const askForApproval = endpoint(`POST ${approvalPath}`, {
  allow: 'signedIn', summary: 'Ask somebody else to approve a draft as it is now', params: byId, result: MassEmail,
  body: z.strictObject({ note: emptiable(z.string().trim().max(1000)).optional() }),
})
export const approve = endpoint(`POST ${approvalPath}/approve`, {
  allow: 'signedIn', summary: 'Approve what somebody else asks for: it is Pending in his name', params: byId, result: MassEmail,
  /** Of what was looked at: when it was asked for anew meanwhile, nothing is approved. */
  body: z.strictObject({ askedAt: instant.optional() }),
})
export const refuseApproval = endpoint(`POST ${approvalPath}/refuse`, {
  allow: 'signedIn', summary: 'Send it back to whoever asked for approval, with a reason', params: byId, result: MassEmail,
  body: z.strictObject({ reason: z.string().trim().min(1, 'Say what should be different.').max(1000) }),
})
export const takeBackApproval = endpoint(`DELETE ${approvalPath}`, { allow: 'signedIn', summary: 'Ask for approval no more', params: byId })

export const Funnel = z.object({
  candidates: z.number(),
  included: z.number(),
  /** Why the others are not mailed; with `included` they add up to `candidates`. */
  verdicts: z.partialRecord(z.enum(hindrances), z.number()),
  notes: z.object({ optedOutOfOneOfItsLists: z.number() }),
  /** Kept as it was when the mass email started, or computed now. */
  frozen: z.boolean(),
})
export type Funnel = z.output<typeof Funnel>
const PersonOfAudience = z.object({
  id: z.string(), entityType: z.string(), record: z.object({ entityType: z.string(), id: z.string() }), name: z.string().nullable(), emailAddress: z.string(),
})

export const getAudience = endpoint('GET /api/v1/mass-emails/:id/audience', {
  allow: 'signedIn', summary: 'How many will get it, and why the others will not', params: byId, result: Funnel,
})
export const listAudience = endpoint('GET /api/v1/mass-emails/:id/audience/:verdict', {
  allow: 'signedIn', summary: 'The people behind one verdict', query: listQuery, result: pageOf(PersonOfAudience.partial()),
  params: z.object({ id: z.string(), verdict: z.string() }),
})

export const Check = z.object({ code: z.string(), level: z.enum(['ok', 'warning', 'error', 'unknown']), message: z.string(), advice: z.string() })
export const getPreflight = endpoint('GET /api/v1/mass-emails/:id/preflight', {
  allow: 'signedIn', summary: 'Whether it may be set Pending, and what should be looked at', params: byId,
  result: z.object({ ready: z.boolean(), checks: z.array(Check) }),
})

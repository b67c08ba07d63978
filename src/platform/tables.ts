/** Row types of the migrated database. Generated: run `npm run generate` after a migration. */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

/** jsonb: written as JSON text, read as the value. */
type Json = ColumnType<any, string, string>
type NullableJson = ColumnType<any, string | null | undefined, string | null>

export type Tables = {
  account: {
    id: string
    name: string
    emailAddress: Generated<string>
    emailKey: GeneratedAlways<string | null>
    emailMalformed: Generated<boolean>
    doNotEmail: Generated<boolean>
    website: Generated<string>
    phoneNumber: Generated<string>
    type: Generated<string>
    industry: Generated<string>
    billingAddressStreet: Generated<string>
    billingAddressCity: Generated<string>
    billingAddressState: Generated<string>
    billingAddressPostalCode: Generated<string>
    billingAddressCountry: Generated<string>
    description: Generated<string>
    assignedUserId: string | null
    teamIds: Generated<string[]>
    createdAt: Generated<Date>
    createdBy: string | null
    modifiedAt: Generated<Date>
    modifiedBy: string | null
    version: Generated<number>
  }
  alarm: {
    code: string
    level: string
    toldAt: Date
    message: string
  }
  alarmSetting: {
    one: Generated<boolean>
    emailAddresses: Generated<string[]>
    level: Generated<string>
    afterMinutes: Generated<number>
    repeatDaily: Generated<boolean>
    version: Generated<number>
    modifiedAt: Date | null
    modifiedBy: string | null
    watcher: string | null
    watchedUntil: Date | null
  }
  allowance: {
    scope: string
    lastAt: Generated<Date>
    owner: string
    windowMs: number
    bucketMs: number
  }
  allowanceClock: {
    boot: string
    zeroAt: Date
    madeAt: Generated<Date>
  }
  allowanceHold: {
    scope: string
    senderId: number
    count: number
  }
  allowanceUse: {
    scope: string
    since: Date
    count: number
  }
  apiKey: {
    id: string
    name: string
    userId: string
    secretHash: string
    hint: string
    createdAt: Generated<Date>
    createdBy: string | null
    lastUsedAt: Date | null
    version: Generated<number>
    scopes: Generated<string[]>
    expiresAt: Date | null
    lastUsedIp: Generated<string>
  }
  auditEntry: {
    id: string
    at: Generated<Date>
    userId: string | null
    userName: Generated<string>
    action: string
    aboutType: Generated<string>
    aboutId: string | null
    aboutName: string | null
    ip: Generated<string>
    detail: ColumnType<any, string | undefined, string>
  }
  binAction: {
    id: string
    kind: string
    entityType: string
    records: Generated<number>
    detail: ColumnType<any, string | undefined, string>
    at: Date
    byUserId: string | null
    undoneAt: Date | null
    undoneBy: string | null
    remaining: Generated<number>
  }
  binChange: {
    actionId: string
    recordId: string
    old: Json
    version: number
    members: NullableJson
  }
  binLink: {
    recordId: string
    fromType: string
    fromColumn: string
    fromId: string
  }
  binRecord: {
    recordId: string
    entityType: string
    actionId: string
    name: Generated<string>
    emailAddress: Generated<string>
    emailKey: GeneratedAlways<string | null>
    row: Json
    members: ColumnType<any, string | undefined, string>
    mergedInto: string | null
    problem: string | null
    deletedAt: Date
    byUserId: string | null
  }
  bounceLoop: {
    id: Generated<number>
    address: string
    returnPath: string
    accountName: string
    sandbox: boolean
    startedAt: Date
    startedBy: string | null
    returnedAt: Date | null
    messageId: string | null
    door: string | null
    accountId: string | null
    kind: string | null
    doubt: string | null
    reply: Generated<string>
  }
  campaign: {
    id: string
    name: string
    type: Generated<string>
    status: Generated<string>
    description: Generated<string>
    startDate: string | null
    endDate: string | null
    trackAllLinks: Generated<boolean>
    assignedUserId: string | null
    createdAt: Generated<Date>
    createdBy: string | null
    modifiedAt: Generated<Date>
    modifiedBy: string | null
    version: Generated<number>
    deletedAt: Date | null
    teamIds: Generated<string[]>
  }
  campaignSummary: {
    campaignId: string
    massEmailId: string
    userId: string | null
    leftOut: Generated<string>
    at: Date
  }
  campaignTargetList: {
    campaignId: string
    targetListId: string
    excluding: Generated<boolean>
    position: number
  }
  contact: {
    id: string
    name: GeneratedAlways<string | null>
    salutation: Generated<string>
    firstName: Generated<string>
    lastName: Generated<string>
    title: Generated<string>
    accountId: string | null
    emailAddress: Generated<string>
    emailKey: GeneratedAlways<string | null>
    emailMalformed: Generated<boolean>
    doNotEmail: Generated<boolean>
    phoneNumber: Generated<string>
    addressStreet: Generated<string>
    addressCity: Generated<string>
    addressState: Generated<string>
    addressPostalCode: Generated<string>
    addressCountry: Generated<string>
    description: Generated<string>
    assignedUserId: string | null
    teamIds: Generated<string[]>
    createdAt: Generated<Date>
    createdBy: string | null
    modifiedAt: Generated<Date>
    modifiedBy: string | null
    version: Generated<number>
  }
  delivery: {
    lane: number
    id: Generated<number>
    massEmailId: string
    entityType: string
    recordId: string
    emailAddress: string
    emailKey: string
    status: Generated<'pending' | 'sending' | 'sent' | 'failed' | 'skipped' | 'uncertain'>
    test: Generated<boolean>
    sandbox: Generated<boolean>
    attempts: Generated<number>
    dueAt: Date
    senderId: number | null
    wireAt: Date | null
    firstTriedAt: Date | null
    sentAt: Date | null
    settledAt: Date | null
    reasonCode: string | null
    reason: string | null
    messageId: string | null
    accountId: string | null
    templateVersionId: string | null
  }
  dkimKey: {
    id: string
    domain: string
    selector: string
    algorithm: string
    publicKey: string
    privateKeySealed: string
    state: Generated<string>
    recordState: string | null
    recordMessage: string | null
    checkedAt: Date | null
    createdAt: Generated<Date>
    createdBy: string | null
    activatedAt: Date | null
    retiredAt: Date | null
    version: Generated<number>
  }
  domainCheck: {
    domain: string
    askedAt: Date
    checkedAt: Date | null
    facts: NullableJson
  }
  domainOutage: {
    id: string
    domain: string
    beganAt: Date
    unknown: number
    taken: number
    decision: string | null
    decidedAt: Date | null
    decidedBy: string | null
  }
  domainRule: {
    id: string
    domain: string
    maxPerHour: number | null
    maxPerSecond: number | null
    connections: number | null
    createdAt: Generated<Date>
    modifiedAt: Generated<Date>
    version: Generated<number>
  }
  domainTraffic: {
    domain: string
    since: Date
    taken: number
  }
  emailTemplate: {
    id: string
    name: string
    subject: Generated<string>
    body: Generated<string>
    format: Generated<string>
    textBody: string | null
    category: Generated<string>
    assignedUserId: string | null
    createdAt: Generated<Date>
    createdBy: string | null
    modifiedAt: Generated<Date>
    modifiedBy: string | null
    version: Generated<number>
    deletedAt: Date | null
    teamIds: Generated<string[]>
    needingApprovalAt: Date | null
    needingApprovalBy: string | null
  }
  emailTemplateVersion: {
    id: string
    emailTemplateId: string
    number: number
    subject: string
    body: string
    format: string
    textBody: string | null
    createdAt: Generated<Date>
  }
  entityChange: {
    id: string
    at: Date
    userId: string | null
    userName: string
    summary: string
    before: Json
    undoneAt: Date | null
  }
  entityField: {
    entityType: string
    name: string
    position: number
    definition: Json
  }
  entityLeftover: {
    tableName: string
    columnName: string
    since: Date
  }
  entitySchema: {
    one: Generated<boolean>
    stamp: string
  }
  entityType: {
    name: string
    plural: string
    slug: string
    baseType: string
    icon: string
    color: string
    tableName: string
    madeAt: Generated<Date>
  }
  figure: {
    lane: number
    massEmailId: string
    metric: string
    trackingUrlId: Generated<string>
    machine: Generated<boolean>
    campaignId: string
    count: number
  }
  figureDomain: {
    lane: number
    massEmailId: string
    entityType: string
    domain: string
    campaignId: string
    people: Generated<number>
    sent: Generated<number>
    failed: Generated<number>
    skipped: Generated<number>
    uncertain: Generated<number>
    opened: Generated<number>
    clicked: Generated<number>
    clicks: Generated<number>
    optedOut: Generated<number>
    optedIn: Generated<number>
    bouncedHard: Generated<number>
    bouncedSoft: Generated<number>
    complained: Generated<number>
    replied: Generated<number>
    leadsCreated: Generated<number>
    machineOpened: Generated<number>
    machineClicked: Generated<number>
  }
  figureHour: {
    lane: number
    massEmailId: string
    hour: Date
    metric: string
    machine: Generated<boolean>
    campaignId: string
    count: number
  }
  firstRun: {
    id: Generated<boolean>
    skipped: Generated<string[]>
    serverFailedWith: string | null
    mailTo: string | null
    mailAt: Date | null
    mailWay: string | null
    mailState: string | null
    hiddenAt: Date | null
    modifiedAt: Generated<Date>
    modifiedBy: string | null
  }
  groupEmailAccount: {
    id: string
    name: string
    emailAddress: Generated<string>
    status: Generated<string>
    imapHost: Generated<string>
    imapPort: Generated<number>
    imapSecurity: Generated<string>
    imapAuth: Generated<string>
    imapUsername: Generated<string>
    imapPasswordSealed: string | null
    smtpHost: Generated<string>
    smtpPort: Generated<number>
    smtpSecurity: Generated<string>
    smtpAuth: Generated<string>
    smtpUsername: Generated<string>
    smtpPasswordSealed: string | null
    oauth: NullableJson
    accessTokenSealed: string | null
    accessTokenUntil: Date | null
    monitoredFolders: Generated<string[]>
    fetchSince: Date
    afterReading: ColumnType<any, string | undefined, string>
    forMassEmail: Generated<boolean>
    bounceAddress: Generated<string>
    fromName: Generated<string>
    replyToAddress: Generated<string>
    outboundAccountId: string | null
    checkedAt: Date | null
    checkError: string | null
    checkAdvice: string | null
    checkFound: NullableJson
    version: Generated<number>
    createdAt: Generated<Date>
    createdBy: string | null
    modifiedAt: Generated<Date>
    modifiedBy: string | null
    deletedAt: Date | null
    refusedInRow: Generated<number>
  }
  healthCheck: {
    code: string
    level: string
    since: Date
  }
  idempotencyKey: {
    userId: string
    key: string
    status: number | null
    createdAt: Generated<Date>
    requestSealed: string | null
    answerSealed: string | null
  }
  import: {
    id: string
    entityType: string
    fileName: Generated<string>
    filePath: Generated<string>
    settings: Json
    status: Generated<string>
    taskId: string | null
    header: ColumnType<any, string | undefined, string>
    created: Generated<number>
    updated: Generated<number>
    duplicates: Generated<number>
    rejected: Generated<number>
    warnings: Generated<number>
    createdBy: string | null
    createdAt: Generated<Date>
    endedAt: Date | null
    version: Generated<number>
    doneThrough: Generated<number>
    startedAt: Date | null
    reverted: Generated<number>
    kept: Generated<number>
  }
  importFile: {
    importId: string
    part: number
    content: Buffer
  }
  importRow: {
    importId: string
    line: number
    outcome: string
    recordId: string | null
    reason: Generated<string>
    cells: NullableJson
  }
  invitation: {
    userId: string
    secretHash: string
    invitedBy: string | null
    sentAt: Date
    expiresAt: Date
    madeUser: Generated<boolean>
    emailAddress: string
    userType: string
  }
  layout: {
    entityType: string
    kind: string
    groups: Json
    version: Generated<number>
    modifiedAt: Date
    modifiedBy: string | null
  }
  lead: {
    id: string
    name: GeneratedAlways<string | null>
    salutation: Generated<string>
    firstName: Generated<string>
    lastName: Generated<string>
    title: Generated<string>
    accountName: Generated<string>
    status: Generated<string>
    source: Generated<string>
    emailAddress: Generated<string>
    emailKey: GeneratedAlways<string | null>
    emailMalformed: Generated<boolean>
    doNotEmail: Generated<boolean>
    phoneNumber: Generated<string>
    addressStreet: Generated<string>
    addressCity: Generated<string>
    addressState: Generated<string>
    addressPostalCode: Generated<string>
    addressCountry: Generated<string>
    description: Generated<string>
    assignedUserId: string | null
    teamIds: Generated<string[]>
    createdAt: Generated<Date>
    createdBy: string | null
    modifiedAt: Generated<Date>
    modifiedBy: string | null
    version: Generated<number>
  }
  listColumns: {
    userId: string
    entityType: string
    columns: string[]
  }
  logDetailPlace: {
    lane: number
    throughId: number
  }
  logEntry: {
    lane: number
    id: Generated<number>
    campaignId: string
    massEmailId: string
    deliveryId: number
    action: string
    subject: Generated<string>
    at: Date
    entityType: string
    recordId: string
    emailAddress: string
    trackingUrlId: string | null
    detail: ColumnType<any, string | undefined, string>
    machine: Generated<boolean>
    test: Generated<boolean>
    repeats: Generated<number>
    lastAt: Date
  }
  mailboxFinding: {
    id: Generated<string>
    messageId: string
    kind: string
    lane: number
    deliveryId: number
    massEmailId: string
    campaignId: string
    entityType: string
    recordId: string
    emailAddress: string
    doubt: string | null
    reason: Generated<string>
    reply: Generated<string>
    at: Date
    handledAt: Date | null
    handledBy: string | null
  }
  mailboxFolder: {
    accountId: string
    folder: string
    uidValidity: number
    lastUid: Generated<number>
    attempts: Generated<number>
  }
  mailboxMessage: {
    id: string
    accountId: string | null
    folder: string
    uidValidity: number | null
    uid: number | null
    digest: string | null
    receivedAt: Date
    readAt: Date
    kind: string
    outcome: string
    classification: ColumnType<any, string | undefined, string>
    error: string | null
    raw: Buffer | null
    afterReading: NullableJson
    handledAt: Date | null
    handledBy: string | null
    door: Generated<string>
    webhookId: string | null
  }
  massActionBatch: {
    taskId: string
    number: number
    ids: string[]
    size: number
    counts: NullableJson
  }
  massEmail: {
    id: string
    campaignId: string
    name: string
    status: Generated<'draft' | 'pending' | 'inProcess' | 'paused' | 'complete' | 'canceled' | 'failed'>
    emailTemplateId: string | null
    dateStart: Date | null
    startBy: Date | null
    accountId: string | null
    fromAddress: Generated<string>
    fromName: Generated<string>
    replyToAddress: Generated<string>
    replyToName: Generated<string>
    optOutEntirely: Generated<boolean>
    storeSentEmails: Generated<boolean>
    override: Generated<string[]>
    authorId: string | null
    pausedReason: string | null
    notice: string | null
    frozenAt: Date | null
    templateVersionId: string | null
    frozen: NullableJson
    funnel: NullableJson
    openedThrough: Generated<number>
    completedAt: Date | null
    createdAt: Generated<Date>
    createdBy: string | null
    modifiedAt: Generated<Date>
    modifiedBy: string | null
    version: Generated<number>
    deletedAt: Date | null
    sharedAccountIds: Generated<string[]>
    safetyAccepted: NullableJson
    noticeCode: string | null
    scheduledAt: Date | null
  }
  massEmailApproval: {
    massEmailId: string
    fingerprint: string
    askedBy: string
    askedAt: Date
    note: Generated<string>
    approvedBy: string | null
    approvedAt: Date | null
  }
  massEmailTargetList: {
    massEmailId: string
    targetListId: string
    excluding: Generated<boolean>
    position: number
  }
  migration: {
    name: string
    ranAt: Generated<Date>
  }
  notMailed: {
    massEmailId: string
    entityType: string
    recordId: string
    emailAddress: Generated<string>
    verdict: string
  }
  notice: {
    id: string
    kind: string
    level: string
    title: string
    text: Generated<string>
    aboutType: string | null
    aboutId: string | null
    aboutName: string | null
    onceKey: string | null
    createdAt: Date
    overAt: Date | null
  }
  noticeMail: {
    userId: string
    noticeId: string
    ref: string
    mailedAt: Date
  }
  noticeMailChoice: {
    userId: string
    kind: string
    choice: string
  }
  noticeReader: {
    userId: string
    noticeId: string
    readAt: Date | null
    toMail: Generated<boolean>
  }
  optOut: {
    targetListId: string
    emailKey: string
    emailAddress: string
    entityType: string | null
    recordId: string | null
    source: Generated<string>
    reason: Generated<string>
    lane: number | null
    deliveryId: number | null
    at: Generated<Date>
    byUserId: string | null
    ip: string | null
    userAgent: string | null
  }
  outboundAccount: {
    id: string
    name: string
    kind: string
    host: Generated<string>
    port: Generated<number>
    security: Generated<string>
    username: Generated<string>
    passwordSealed: string | null
    fromAddress: Generated<string>
    fromName: Generated<string>
    bounceAddress: Generated<string>
    weight: Generated<number>
    maxPerHour: number | null
    maxPerSecond: number | null
    connections: number | null
    messagesPerConnection: number | null
    brokenUntil: Date | null
    brokenReason: string | null
    brokenSince: Date | null
    failuresInRow: Generated<number>
    version: Generated<number>
    modifiedAt: Generated<Date>
    auth: Generated<string>
    tokenUrl: Generated<string>
    clientId: Generated<string>
    scope: Generated<string>
    clientSecretSealed: string | null
    refreshTokenSealed: string | null
    accessTokenSealed: string | null
    accessTokenUntil: Date | null
    warmUp: NullableJson
    removedAt: Date | null
  }
  passwordReset: {
    secretHash: string
    userId: string
    askedAt: Date
    expiresAt: Date
    emailAddress: string
    passwordMark: string
  }
  providerWebhook: {
    id: string
    name: string
    provider: string
    active: Generated<boolean>
    keySealed: string | null
    lastEventAt: Date | null
    lastRefusal: string | null
    lastRefusalAt: Date | null
    version: Generated<number>
    createdAt: Generated<Date>
    createdBy: string | null
    modifiedAt: Generated<Date>
    modifiedBy: string | null
    deletedAt: Date | null
  }
  providerWebhookToken: {
    webhookId: string
    token: string
    eventId: string
    at: Date
  }
  publicSight: {
    onlyOne: Generated<boolean>
    seenAt: Date
  }
  relationship: {
    id: string
    kind: string
    leftType: string
    rightType: string
    leftName: string
    rightName: string
    leftLabel: string
    rightLabel: string
    joinTable: string | null
    madeAt: Generated<Date>
  }
  report: {
    id: string
    name: string
    description: Generated<string>
    category: Generated<string>
    entityType: string
    kind: string
    filter: NullableJson
    questions: ColumnType<any, string | undefined, string>
    columns: Generated<string[]>
    sort: Generated<string>
    groupBy: ColumnType<any, string | undefined, string>
    aggregates: ColumnType<any, string | undefined, string>
    having: NullableJson
    chart: NullableJson
    assignedUserId: string | null
    teamIds: Generated<string[]>
    createdAt: Generated<Date>
    createdBy: string | null
    modifiedAt: Generated<Date>
    modifiedBy: string | null
    version: Generated<number>
  }
  reportMail: {
    scheduleId: string
    dueAt: Date
    userId: string
    outcome: string
    reply: Generated<string>
    at: Date
  }
  reportPin: {
    userId: string
    reportId: string
    position: number
  }
  reportSchedule: {
    id: string
    reportId: string
    name: Generated<string>
    schedule: string
    userIds: Generated<string[]>
    attach: Generated<string>
    includeChart: Generated<boolean>
    onlyIfRows: Generated<boolean>
    active: Generated<boolean>
    dealtThrough: Date
    createdBy: string | null
    createdAt: Generated<Date>
    modifiedAt: Generated<Date>
    version: Generated<number>
  }
  reportSync: {
    targetListId: string
    active: Generated<boolean>
    mode: string
    strict: Generated<boolean>
    runAs: string | null
    changedAt: Generated<Date>
  }
  reportSyncReport: {
    targetListId: string
    reportId: string
    position: number
  }
  reportSyncRun: {
    id: string
    targetListId: string
    since: Date
    at: Date
    times: Generated<number>
    why: string
    byUserId: string | null
    runAs: string | null
    massEmailId: string | null
    outcome: string
    added: Generated<number>
    removed: Generated<number>
    leaving: Generated<number>
    members: Generated<number>
    error: string | null
  }
  role: {
    id: string
    name: string
    description: Generated<string>
    types: ColumnType<any, string | undefined, string>
    otherTypes: ColumnType<any, string | undefined, string>
    permissions: Generated<string[]>
    createdAt: Generated<Date>
    createdBy: string | null
    modifiedAt: Generated<Date>
    modifiedBy: string | null
    version: Generated<number>
    sendNeedsApproval: Generated<boolean>
  }
  sandboxMessage: {
    id: string
    receivedAt: Generated<Date>
    envelopeFrom: string
    envelopeTo: string
    subject: Generated<string>
    fromText: Generated<string>
    toText: Generated<string>
    size: number
    raw: Buffer
    answerDue: string | null
  }
  savedView: {
    id: string
    entityType: string
    name: string
    filter: NullableJson
    q: Generated<string>
    sort: Generated<string>
    columns: Generated<string[]>
    sharedWith: Generated<string>
    teamIds: Generated<string[]>
    ownerId: string | null
    createdAt: Generated<Date>
    modifiedAt: Generated<Date>
    modifiedBy: string | null
    version: Generated<number>
  }
  scheduledJob: {
    name: string
    title: string
    schedule: string
    status: Generated<string>
    checkedUntil: Generated<Date>
    version: Generated<number>
  }
  scheduledJobRun: {
    id: string
    job: string
    taskId: string | null
    byHand: Generated<boolean>
    outcome: Generated<string>
    startedAt: Date
    endedAt: Date | null
    heartbeatAt: Date
    counts: ColumnType<any, string | undefined, string>
    error: string | null
  }
  sender: {
    id: Generated<number>
    host: Generated<string>
    pid: Generated<number>
    leaseUntil: Date
    startedAt: Generated<Date>
  }
  senderIdentity: {
    accountId: string
    identity: string
    position: number
  }
  senderLastEnd: {
    onlyOne: Generated<boolean>
    endedAt: Date
  }
  session: {
    id: string
    userId: string
    secretHash: string
    ip: Generated<string>
    userAgent: Generated<string>
    createdAt: Generated<Date>
    seenAt: Generated<Date>
    expiresAt: Date
    cameBy: Generated<string>
  }
  setting: {
    name: string
    value: Json
    version: Generated<number>
    modifiedAt: Generated<Date>
    modifiedBy: string | null
  }
  settingChange: {
    id: string
    ofGroup: string
    at: Date
    userId: string | null
    userName: string
    how: string
    fields: Json
  }
  settingImage: {
    id: string
    contentType: string
    width: number
    height: number
    content: Buffer
    createdAt: Date
    createdBy: string | null
  }
  signInFailure: {
    scope: string
    failures: number
    lastAt: Date
  }
  singleSignOn: {
    id: Generated<number>
    active: Generated<boolean>
    issuer: Generated<string>
    clientId: Generated<string>
    clientSecretSealed: string | null
    buttonLabel: Generated<string>
    createUsers: Generated<boolean>
    roleIds: Generated<string[]>
    teamIds: Generated<string[]>
    domains: Generated<string[]>
    passwordsForAdministratorsOnly: Generated<boolean>
    version: Generated<number>
    modifiedAt: Generated<Date>
    modifiedBy: string | null
    secondFactorFor: Generated<string>
  }
  singleSignOnIdentity: {
    id: string
    issuer: string
    subject: string
    userId: string
    createdAt: Generated<Date>
    lastAt: Generated<Date>
  }
  singleSignOnUsedState: {
    stateHash: string
    until: Date
  }
  slowFilter: {
    id: Generated<string>
    entityType: string
    field: string
    kind: string
    times: Generated<number>
    slowestMs: number
    firstAt: Date
    lastAt: Date
    taskId: string | null
  }
  slowRoute: {
    route: string
    perMinute: number
    fullPerMinute: number
    toldAt: Date
    changedAt: Date
    reason: Generated<string>
  }
  storedMail: {
    lane: number
    deliveryId: number
    massEmailId: string
    storedAt: Date
    raw: Buffer
  }
  subscription: {
    id: string
    formId: string
    formVersion: number
    textVersion: number
    status: Generated<string>
    doubleOptIn: boolean
    emailAddress: string
    emailKey: GeneratedAlways<string | null>
    language: string
    targetListIds: string[]
    given: ColumnType<any, string | undefined, string>
    askedAt: Date
    askedIp: Generated<string>
    askedUserAgent: Generated<string>
    expiresAt: Date | null
    mailReply: Generated<string>
    messageId: string | null
    mailSentAt: Date | null
    mailRepeats: Generated<number>
    confirmedAt: Date | null
    confirmedIp: string | null
    confirmedUserAgent: string | null
    entityType: string | null
    recordId: string | null
    effect: ColumnType<any, string | undefined, string>
  }
  subscriptionAttempt: {
    mark: string
    since: Date
    count: number
  }
  subscriptionForm: {
    id: string
    key: string
    name: string
    title: Generated<string>
    intro: Generated<string>
    fields: ColumnType<any, string | undefined, string>
    textVersion: Generated<number>
    doubleOptIn: Generated<boolean>
    emailTemplateId: string | null
    mailSubject: Generated<string>
    mailBody: Generated<string>
    lifetimeHours: Generated<number>
    successMessage: Generated<string>
    successUrl: Generated<string>
    language: Generated<string>
    active: Generated<boolean>
    leadUserId: string | null
    leadTeamIds: Generated<string[]>
    createdAt: Generated<Date>
    createdBy: string | null
    modifiedAt: Generated<Date>
    modifiedBy: string | null
    version: Generated<number>
    deletedAt: Date | null
  }
  subscriptionFormList: {
    formId: string
    targetListId: string
    topic: Generated<boolean>
    position: number
  }
  subscriptionFormText: {
    formId: string
    version: number
    consentText: string
    at: Date
    byUserId: string | null
  }
  suppression: {
    id: Generated<string>
    emailKey: string
    emailAddress: string
    reason: string
    source: Generated<string>
    detail: Generated<string>
    entityType: string | null
    recordId: string | null
    lane: number | null
    deliveryId: number | null
    at: Generated<Date>
    until: Date | null
    byUserId: string | null
    ip: string | null
    userAgent: string | null
  }
  syncHold: {
    massEmailId: string
    targetListId: string
    outcome: string
    message: string
    since: Date
  }
  systemMail: {
    id: string
    purpose: string
    ref: Generated<string>
    toAddress: string
    toName: Generated<string>
    subject: string
    textBody: string
    htmlBody: string | null
    messageId: string | null
    status: Generated<string>
    reply: Generated<string>
    attempts: Generated<number>
    dueAt: Date | null
    expiresAt: Date | null
    createdAt: Date
    wireAt: Date | null
    endedAt: Date | null
    repeats: Generated<number>
    returnPath: string | null
    anyAccount: Generated<boolean>
    textSealed: string | null
  }
  systemMailFile: {
    mailId: string
    place: number
    fileName: string
    contentType: string
    contentId: string | null
    content: Buffer
  }
  targetList: {
    id: string
    name: string
    description: Generated<string>
    category: Generated<string>
    publicTopic: Generated<boolean>
    assignedUserId: string | null
    createdAt: Generated<Date>
    createdBy: string | null
    modifiedAt: Generated<Date>
    modifiedBy: string | null
    version: Generated<number>
    deletedAt: Date | null
    teamIds: Generated<string[]>
  }
  targetListMember: {
    targetListId: string
    entityType: string
    recordId: string
    source: Generated<string>
    addedBy: string | null
    addedAt: Generated<Date>
    consentAt: Date | null
    consentSource: string | null
    consentText: string | null
  }
  task: {
    id: string
    kind: string
    title: string
    status: Generated<string>
    input: ColumnType<any, string | undefined, string>
    done: Generated<number>
    total: Generated<number>
    result: NullableJson
    error: string | null
    heartbeatAt: Date | null
    cancelAsked: Generated<boolean>
    createdBy: string | null
    createdAt: Generated<Date>
    startedAt: Date | null
    endedAt: Date | null
    resumable: Generated<boolean>
    runs: Generated<number>
    losses: Generated<number>
  }
  team: {
    id: string
    name: string
    description: Generated<string>
    createdAt: Generated<Date>
    createdBy: string | null
    modifiedAt: Generated<Date>
    modifiedBy: string | null
    version: Generated<number>
  }
  testGroup: {
    id: string
    name: string
    version: Generated<number>
    createdAt: Generated<Date>
    createdBy: string | null
    modifiedAt: Generated<Date>
    modifiedBy: string | null
  }
  testGroupRecipient: {
    testGroupId: string
    entityType: string
    recordId: string
    position: number
  }
  trackingUrl: {
    id: string
    number: Generated<number>
    campaignId: string
    name: Generated<string>
    action: Generated<string>
    url: Generated<string>
    message: Generated<string>
    automatic: Generated<boolean>
    createdAt: Generated<Date>
    createdBy: string | null
    modifiedAt: Generated<Date>
    modifiedBy: string | null
    version: Generated<number>
    deletedAt: Date | null
  }
  unknownAddress: {
    emailKey: string
    domain: string
    at: Date
    suppression: Json
    outageId: string | null
  }
  user: {
    id: string
    userName: string
    firstName: Generated<string>
    lastName: Generated<string>
    title: Generated<string>
    phoneNumber: Generated<string>
    description: Generated<string>
    emailAddress: Generated<string>
    emailKey: GeneratedAlways<string | null>
    emailMalformed: Generated<boolean>
    doNotEmail: Generated<boolean>
    isActive: Generated<boolean>
    type: Generated<string>
    passwordHash: string | null
    assignedUserId: string | null
    teamIds: Generated<string[]>
    roleIds: Generated<string[]>
    createdAt: Generated<Date>
    createdBy: string | null
    modifiedAt: Generated<Date>
    modifiedBy: string | null
    version: Generated<number>
    name: GeneratedAlways<string | null>
    secondFactorSealed: string | null
    secondFactorSince: Date | null
    secondFactorStep: Generated<number>
    recoveryCodeHashes: Generated<string[]>
    lastSignInAt: Date | null
    secondFactorNextSealed: string | null
  }
  visit: {
    lane: number
    id: Generated<number>
    deliveryId: number
    kind: string
    trackingUrlId: string | null
    url: Generated<string>
    at: Date
    machine: boolean
    visitorMark: string
  }
  webhook: {
    id: string
    name: string
    url: string
    events: Generated<string[]>
    active: Generated<boolean>
    secretSealed: string | null
    version: Generated<number>
    createdAt: Date
    createdBy: string | null
    modifiedAt: Date
    modifiedBy: string | null
  }
  webhookDelivery: {
    id: string
    webhookId: string
    event: string
    body: string
    status: Generated<string>
    attempts: Generated<number>
    dueAt: Date | null
    expiresAt: Date
    createdAt: Date
    endedAt: Date | null
    httpStatus: number | null
    answer: Generated<string>
  }
  wire: {
    lane: number
    senderId: number
    id: Generated<number>
    marked: Generated<string[]>
    taken: Generated<string[]>
    messageIds: Generated<string[]>
    at: Date
  }
}

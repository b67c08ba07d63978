/** What is read again after a change of definitions: everything that is made from them. */
import * as api from '../../../src/entity-manager/contract.ts'
import { listLayouts } from '../../../src/layouts/contract.ts'
import { listEntityTypes, listRecords, readRecord } from '../../../src/records/contract.ts'

export const definitionReads = [listEntityTypes, listLayouts, listRecords, readRecord, api.listRelationships, api.lastChange, api.lossesOfUndo, api.entityTypeUsage, api.fieldUsage]

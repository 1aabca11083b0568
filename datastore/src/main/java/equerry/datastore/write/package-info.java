/// Writing to datastores: files are staged, placed beside a registry's transaction, found, fetched
/// and deleted, always by the records that the caller hands in.
package equerry.datastore.write;

/// Looks at what is in datastores, whether or not anybody has recorded it.
package equerry.datastore.survey;

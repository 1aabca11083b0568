/// Zip files of datasets: an index and, beside it, the files.
package equerry.datastore.zip;

/// Where files lie and how they get there: local disks, object stores, WebDAV servers.
package equerry.datastore.storage;

/// A butler over HTTP: [equerry.client.remote.RemoteButler], for servers of the butler protocol,
/// be they of this program or of others.
package equerry.client.remote;

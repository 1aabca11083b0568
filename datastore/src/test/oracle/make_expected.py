"""Write what the stock package makes of roots, records and profiles, for the unit tests to expect.

Run with a Python that has lsst-daf-butler and boto3:
    python datastore/src/test/oracle/make_expected.py datastore/src/test/resources/equerry/datastore
"""

import datetime
import os
import sys
from unittest.mock import patch

import boto3
from lsst.daf.butler._location import LocationFactory
from lsst.daf.butler.datastore.stored_file_info import make_datastore_path_relative
from lsst.resources import ResourcePath
from lsst.resources.s3utils import _get_s3_client
from pydantic import AnyHttpUrl

NOW = 1795500000  # 2026-11-24T06:00:00Z
LIFETIME = 3600

ROOTS = [
    "/data/my repo/",
    "file:///data/caf%C3%A9/",
    "s3://prof@bucket/pre%20fix/",
    "s3://bucket",
    "https://h:8443/d/",
    "gs://b/x/",
]
RELATIVE = [
    "a/b.fits",
    "a b/é.fits",
    "a/x#zip-path=1 2.yaml",
    "zips/a.zip#zip-path=q%20r.json",
    "we#ird/a.fits",
    "a#b#c",
    "a/./b//c.fits",
    "a/../b.fits",
    "a%b.fits",
    "a%20b.fits",
    "a+b&c=d;e,f'g(h)*!@:$-x_~.fits",
    "a?b.fits",
    "100%/x.fits",
    "数据/𝒳.fits",
]
ABSOLUTE = [
    "file:///some/wh%20ere/ext.json",
    "/abs/x y.fits",
    "/abs/x.zip#zip-path=a b.json",
    "s3://b/k%20y/x.fits#zip-path=a b",
    "s3://p@b/k?versionId=3",
    "https://h/p/x%C3%A9.fits?q=1#f",
    "gs://b/k/x.fits",
]
KEYS = {
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
}
LOCAL = {**KEYS, "S3_ENDPOINT_URL": "http://127.0.0.1:9000"}
ODD = "s3://bucket/a%20b/%C3%A9%2B~%25%26%3D%3F%23%27%28%29%2A%21%40%2C%3B%3A%24.fits#zip-path=x%20y"
PLAIN = "s3://bucket/a/b.fits"
PROFILE = "LSST_RESOURCES_S3_PROFILE_prof"
PRESIGNED = [
    (PLAIN, LOCAL),
    (ODD, LOCAL),
    (PLAIN, {**LOCAL, "AWS_SESSION_TOKEN": "tok/en+="}),
    (PLAIN, {**LOCAL, "AWS_DEFAULT_REGION": "us-west-2"}),
    (PLAIN, {**KEYS, "S3_ENDPOINT_URL": "https://s3.example.org/prefix"}),
    (PLAIN, {**KEYS, "S3_ENDPOINT_URL": "https://s3.example.org/"}),
    (PLAIN, {**KEYS, "S3_ENDPOINT_URL": "https://storage.googleapis.com"}),
    (PLAIN, {**KEYS, "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9001"}),
    (PLAIN, KEYS),
    (PLAIN, {**KEYS, "AWS_DEFAULT_REGION": "us-west-2"}),
    ("s3://buck.et/a/b.fits", {**KEYS, "AWS_DEFAULT_REGION": "us-west-2"}),
    ("s3://Buck_et/a/b.fits", KEYS),
    ("s3://prof@bucket/a/b.fits", {**KEYS, PROFILE: "https://K%2FEY:SE%2FC%2BRET@s3.example.org:8443"}),
    ("s3://prof@bucket/a/b.fits", {**LOCAL, "AWS_SESSION_TOKEN": "t", PROFILE: "http://KEY:SECRET@h:1"}),
    (
        "s3://prof@ten:bucket/a/b.fits",
        {PROFILE: "https://K:S@s3.example.org", "LSST_DISABLE_BUCKET_VALIDATION": "1"},
    ),
    (PLAIN, {**LOCAL, "AWS_DEFAULT_REGION": "eu-central-1"}),
    (PLAIN, {**LOCAL, "AWS_DEFAULT_REGION": "fr-par"}),
    (ODD, {**LOCAL, "AWS_DEFAULT_REGION": "eu-central-1"}),
    (PLAIN, {**LOCAL, "AWS_DEFAULT_REGION": "eu-central-1", "AWS_SESSION_TOKEN": "tok/en+="}),
]


class FixedDatetime(datetime.datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromtimestamp(NOW, tz)

    @classmethod
    def utcnow(cls):
        return cls.now(datetime.UTC).replace(tzinfo=None)


def locations():
    for root in ROOTS:
        factory = LocationFactory(ResourcePath(root, forceDirectory=True, forceAbsolute=True))
        for path in RELATIVE:
            parsed = ResourcePath(path, forceAbsolute=False, forceDirectory=False)
            uri = factory.from_uri(parsed, trusted_path=True).uri
            yield root, path, str(uri), uri.relativeToPathRoot, make_datastore_path_relative(path)
    for path in ABSOLUTE:
        uri = ResourcePath(path, forceAbsolute=False, forceDirectory=False)
        yield "-", path, str(uri), uri.relativeToPathRoot, make_datastore_path_relative(path)


def presigned():
    for uri, environment in PRESIGNED:
        with patch.dict(os.environ, environment, clear=True):
            _get_s3_client.cache_clear()
            boto3.DEFAULT_SESSION = None
            resource = ResourcePath(uri)
            url = resource.generate_presigned_get_url(expiration_time_seconds=LIFETIME)
        yield uri, " ".join(f"{k}={v}" for k, v in environment.items()), url


def fragments():
    for fragment in ["zip-path=1 2é.yaml", "zip-path=q%20r", 'a"b<c>`d', "a#b?c/d|e^{f}[g]"]:
        url = str(AnyHttpUrl("http://h/x#" + fragment))
        yield fragment, url.partition("#")[2]


def write(directory, name, rows):
    with open(os.path.join(directory, name), "w", encoding="utf-8") as out:
        for row in rows:
            assert not any(c in cell for cell in row for c in "\t\n"), row
            out.write("\t".join(row) + "\n")


if __name__ == "__main__":
    target = sys.argv[1]
    write(target, "locations.tsv", locations())
    write(target, "fragments.tsv", fragments())
    with (
        patch("botocore.auth.time.time", lambda: NOW),
        patch("botocore.auth.get_current_datetime", lambda *a, **k: FixedDatetime.utcnow(), create=True),
        patch("botocore.compat.get_current_datetime", lambda *a, **k: FixedDatetime.utcnow(), create=True),
    ):
        write(target, "presigned.tsv", presigned())

#!/bin/sh
# Opens and checks a package with age, unzip and openssl alone: nothing here knows the program that made it.
#
#   verify-package.sh PACKAGE IDENTITY TRUST [MOMENT]
#
# PACKAGE   a *.youpin file, sealed or open, or the inner ASiC-E container of one
# IDENTITY  a file with an AGE-SECRET-KEY-1… line (unused for an open package)
# TRUST     PEM: root, issuing authority and both revocation lists (cat trust/*.pem)
# MOMENT    seconds since 1970; judge as of then (for kept originals: the time of import); default now
#
# Exit 0 and the signer's name: every file is listed in the signed manifest with its digest, none is unlisted, and the
# signer leads to the root, under the policy, not revoked. Anything else: exit 1 and the reason.

set -eu
umask 077

refuse() {
    echo "refused: $1" >&2
    exit 1
}

[ $# -ge 3 ] && [ $# -le 4 ] || {
    echo "usage: verify-package.sh PACKAGE IDENTITY TRUST [MOMENT]" >&2
    exit 2
}
for tool in age unzip openssl; do
    command -v "$tool" >/dev/null 2>&1 || {
        echo "missing: $tool" >&2
        exit 2
    }
done

package=$1
identity=$2
case $3 in # the check runs inside a folder of its own
/*) trust=$3 ;;
*) trust=$PWD/$3 ;;
esac
moment=${4:-$(date +%s)}
policy=2.25.155513778064493431115068952073498968422.1.1

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM
mkdir "$folder/inner"

if [ "$(head -c 22 "$package")" = "age-encryption.org/v1" ]; then
    age -d -i "$identity" -o "$folder/container" "$package" 2>/dev/null || refuse "it cannot be opened with this identity"
else
    cp "$package" "$folder/container"
fi

unzip -Z1 "$folder/container" >"$folder/names" 2>/dev/null || refuse "no container"
[ -z "$(sort "$folder/names" | uniq -d)" ] || refuse "a name occurs twice"
unzip -q -n "$folder/container" -d "$folder/inner" >/dev/null 2>&1 || refuse "the container is damaged"
cd "$folder/inner"
[ -z "$(find . ! -type f ! -type d)" ] || refuse "something in it is no ordinary file"
[ -f META-INF/ASiCManifest.xml ] && [ -f META-INF/signature001.p7s ] || refuse "no manifest or no signature"
[ "$(cat mimetype 2>/dev/null)" = "application/vnd.etsi.asic-e+zip" ] || refuse "another type of container"

# Without the two -no options openssl also believes the web authorities of this system.
openssl cms -verify -binary -inform DER -in META-INF/signature001.p7s -content META-INF/ASiCManifest.xml \
    -CAfile "$trust" -no-CApath -no-CAstore -crl_check_all -purpose any -cades \
    -policy "$policy" -explicit_policy -attime "$moment" \
    -signer "$folder/signer.pem" -out /dev/null 2>"$folder/why" || refuse "the signature does not verify"

# One line per file: path and digest, as they stand in the manifest that was signed.
sed -n 's|^<asic:DataObjectReference URI="\([^"]*\)".*<ds:DigestValue>\([^<]*\)</ds:DigestValue>.*|\1 \2|p' \
    META-INF/ASiCManifest.xml >"$folder/listed"
[ "$(grep -c DataObjectReference META-INF/ASiCManifest.xml)" = "$(wc -l <"$folder/listed" | tr -d ' ')" ] ||
    refuse "the manifest cannot be read"
grep -q '^package\.json ' "$folder/listed" || refuse "package.json is not listed"

while read -r path digest; do
    case "$path" in
    /* | *..*) refuse "a listed name leaves the container" ;;
    esac
    [ -f "$path" ] || refuse "a listed file is missing: $path"
    [ "$(openssl dgst -sha256 -binary "$path" | openssl base64 -A)" = "$digest" ] || refuse "changed after signing: $path"
done <"$folder/listed"

{
    printf '%s\n' mimetype META-INF/ASiCManifest.xml META-INF/signature001.p7s
    cut -d' ' -f1 "$folder/listed"
} | sort >"$folder/expected"
find . -type f | sed 's|^\./||' | sort >"$folder/found"
cmp -s "$folder/expected" "$folder/found" || refuse "a file in it is not signed"

echo "verified: $(wc -l <"$folder/listed" | tr -d ' ') files, $(openssl x509 -in "$folder/signer.pem" -noout -subject)"

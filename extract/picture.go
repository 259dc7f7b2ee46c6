package extract

import (
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

// lazyAttributes are where scripts find the address that they put into src once the
// reader scrolls near: conventions of the loaders.
var lazyAttributes = []string{"data-src", "data-original", "data-lazy-src", "data-lazyload", "data-hi-res-src", "data-full-src", "data-url"}

// picture is what the markup says of an image: its address, size and alternative text.
func (r *reading) picture(img int) dateline.Image {
	e := &r.p.Elems[img]
	im := dateline.Image{Alt: normalize.Attr(e.Attr("alt")), Width: size(e.Attr("width")), Height: size(e.Attr("height"))}
	for _, src := range r.addresses(e) {
		if u := r.p.Resolve(src); u != "" && !standsIn(src) {
			if w := statedWidth(u); w > 0 && w < leastSide {
				continue
			}
			im.URL = u
			break
		}
	}
	return im
}

// addresses are where the picture of an element may be, best first: what a loader
// would fetch, src, the largest of the source sets of the img and of the picture around it.
func (r *reading) addresses(e *page.Elem) []string {
	var out []string
	for _, name := range lazyAttributes {
		out = append(out, e.Attr(name))
	}
	out = append(out, e.Attr("src"), largest(e.Attr("srcset")), largest(e.Attr("data-srcset")))
	if e.Parent < 0 || r.p.Elems[e.Parent].Tag != atom.Picture {
		return out
	}
	for j := e.Parent + 1; j < r.p.Elems[e.Parent].End; j++ {
		if s := &r.p.Elems[j]; s.Tag == atom.Source {
			out = append(out, largest(s.Attr("srcset")), largest(s.Attr("data-srcset")))
		}
	}
	return out
}

// largest is the candidate of a srcset with the greatest width or density
// (HTML Living Standard, 4.8.4.2.1).
func largest(srcset string) (best string) {
	top := -1.0
	for candidate := range strings.SplitSeq(srcset, ", ") {
		address, descriptor, _ := strings.Cut(strings.TrimSpace(candidate), " ")
		n, err := strconv.ParseFloat(strings.TrimRight(strings.TrimSpace(descriptor), "wx,"), 64)
		if err != nil {
			n = 0
		}
		if address = strings.TrimRight(address, ","); address != "" && n > top {
			best, top = address, n
		}
	}
	return best
}

// standsIn reports whether an address is what a page shows until the picture is loaded.
func standsIn(src string) bool {
	return strings.HasPrefix(src, "data:") || strings.HasPrefix(src, "blob:") || strings.Contains(src, "{{")
}

// furniture are words of file names that no picture of an article has.
var furniture = map[string]bool{
	"logo": true, "logos": true, "icon": true, "icons": true, "avatar": true, "sprite": true, "pixel": true, "spacer": true, "blank": true,
	"loader": true, "spinner": true, "1x1": true, "favicon": true, "transparent": true, "button": true, "badge": true,
}

// standIns are parts of file names of what a system shows where an article has no picture.
var standIns = []string{"placeholder", "no-image", "no_image", "noimage", "no-photo", "no_photo", "nophoto", "default-image", "default_image", "image-not-available"}

// namesNothing reports whether an address is that of what is shown in place of a picture, by its name.
func namesNothing(u string) bool {
	name := nameOf(u)
	return slices.ContainsFunc(standIns, func(s string) bool { return strings.Contains(name, s) })
}

// namesFurniture reports whether an address is that of an icon, a logo or a stand-in, by its name.
func namesFurniture(u string) bool {
	name := nameOf(u)
	if strings.HasSuffix(name, ".svg") || namesNothing(u) {
		return true
	}
	for token := range strings.FieldsFuncSeq(name, func(r rune) bool { return strings.ContainsRune("-_.+%", r) }) {
		if furniture[token] {
			return true
		}
	}
	return false
}

// namesPicture reports whether an address ends like a picture's.
func namesPicture(u string) bool {
	switch path.Ext(nameOf(u)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif":
		return true
	}
	return false
}

// nameOf is the last part of the path of an address, lower case.
func nameOf(u string) string {
	u, _, _ = strings.Cut(u, "?")
	u, _, _ = strings.Cut(u, "#")
	return strings.ToLower(u[strings.LastIndexByte(u, '/')+1:])
}

// statedWidth is the width that an address asks its server for, 0 where it asks for none.
func statedWidth(u string) int {
	_, query, _ := strings.Cut(u, "?")
	for pair := range strings.SplitSeq(query, "&") {
		if k, v, _ := strings.Cut(pair, "="); k == "w" || k == "width" {
			return size(v)
		}
	}
	return 0
}

// assetOf names the picture behind its sizes and crops: by the file's name, else by the number of its directory, else
// by its address.
func assetOf(address string) string {
	stem := fileStem(address)
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	dirs := strings.Split(path.Dir(u.Path), "/")
	if dir := dirs[len(dirs)-1]; isNumber(dir) && strings.HasPrefix(stem, dir) { // 242202/242202_16_9_1200.jpg
		return dir
	}
	if tells(stem) {
		return stem
	}
	for _, dir := range slices.Backward(dirs) {
		if isContentID(dir) {
			return dir
		}
		if !isCrop(dir) {
			break // what stands further up may be the number of the site
		}
	}
	if isSize(stem) || slices.Contains(renditions, stem) {
		return u.Host + path.Dir(u.Path)
	}
	return u.Host + u.Path
}

// fileStem is the name of a file without its form and without the size that image servers add to it.
func fileStem(address string) string {
	name := nameOf(address)
	stem := strings.TrimSuffix(name, path.Ext(name))
	if namesPicture(stem) { // a server that makes one form of another: harbour.jpg.webp
		stem = strings.TrimSuffix(stem, path.Ext(stem))
	}
	for {
		cut := strings.TrimRight(strings.TrimSuffix(stem, "@2x"), "-_")
		if at := strings.LastIndexAny(cut, "-_"); at > 0 && isSize(cut[at+1:]) {
			cut = cut[:at]
		}
		if cut == stem {
			return stem
		}
		stem = cut
	}
}

// renditions are names of files that tell one size of a picture from another, not one picture from another.
var renditions = []string{"original", "landscape", "portrait", "thumbnail", "fullsize", "full-size", "rawimage", "image-asset"}

// tells reports whether a file's name is that of one picture: a name of some length, or a number.
func tells(stem string) bool {
	return isNumber(stem) || len(stem) >= 8 && !allDigits(stem) && !slices.Contains(renditions, stem)
}

// isNumber reports whether a name is a number long enough to be that of one picture.
func isNumber(s string) bool { return len(s) >= 6 && allDigits(s) }

// isCrop reports whether a directory says how a picture was cut and sized: 16x9, 0_0_3000_1800, 191:100, master.
func isCrop(dir string) bool {
	return dir == "master" || strings.Trim(dir, "0123456789_x:,.wh") == ""
}

// isContentID reports whether a directory is the number that a system gives a picture: a UUID (RFC 9562) or a long
// string of hexadecimal digits.
func isContentID(dir string) bool {
	n := 0
	for i := range len(dir) {
		switch c := dir[i] | 0x20; {
		case digit(dir[i]), c >= 'a' && c <= 'f':
			n++
		case dir[i] != '-':
			return false
		}
	}
	return n >= 16
}

// isSize reports whether a part of a file's name is a size: 300x200, 1200w, scaled.
func isSize(s string) bool {
	w, h, two := strings.Cut(s, "x")
	if two {
		return size(w) > 0 && size(h) > 0
	}
	return s == "scaled" || strings.HasSuffix(s, "w") && size(s[:len(s)-1]) > 0
}

func size(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(s), "px"))
	if err != nil || n < 0 || n > 100000 {
		return 0
	}
	return n
}

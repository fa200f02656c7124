#include "tools/evaluate/gallery.hpp"

#include "daemon/match/comparison.hpp"

#include <map>

namespace kaomon::evaluate {
namespace {

void add(Gallery& gallery, const face::Template& face, const Portrayed& of, std::vector<std::uint32_t> images,
         const std::optional<match::Population>& population) {
    const auto& unit = face.get().unit;
    gallery.values.insert(gallery.values.end(), unit.begin(), unit.end());
    if (population)
        gallery.standing.push_back(population->standing(face));
    gallery.person.push_back(of.person);
    gallery.group.push_back(of.group);
    gallery.images.push_back(std::move(images));
    gallery.hint.push_back(of.hint);
}

} // namespace

Gallery gallery_of(std::span<const Portrayed> templates, std::size_t k,
                   const std::optional<match::Population>& population) {
    Gallery gallery;
    if (k <= 1) {
        gallery.values.reserve(templates.size() * face::template_size);
        for (const Portrayed& one : templates)
            add(gallery, *one.face, one, {one.image}, population);
        return gallery;
    }
    std::map<std::uint32_t, std::vector<const Portrayed*>> people;
    for (const Portrayed& one : templates) {
        if (!one.hint)
            people[one.person].push_back(&one);
    }
    for (const auto& [person, own] : people) {
        for (std::size_t first = 0; own.size() > k && first < own.size(); ++first) {
            std::vector<face::Template> views;
            std::vector<std::uint32_t> images;
            for (std::size_t i = 0; i < k; ++i) {
                const Portrayed& one = *own[(first + i) % own.size()];
                views.push_back(*one.face);
                images.push_back(one.image);
            }
            add(gallery, match::fuse(views), *own[first], std::move(images), population);
        }
    }
    return gallery;
}

} // namespace kaomon::evaluate

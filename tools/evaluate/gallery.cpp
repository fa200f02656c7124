#include "tools/evaluate/gallery.hpp"

#include "daemon/match/comparison.hpp"
#include "daemon/match/probe.hpp"

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

// Calls see(run) for each person with more than k images and every run of k neighbours in their order, the
// last followed by the first; not for people who are a guess.
template<class See>
void each_run(std::span<const Portrayed> templates, std::size_t k, const See& see) {
    std::map<std::uint32_t, std::vector<const Portrayed*>> people;
    for (const Portrayed& one : templates) {
        if (!one.hint)
            people[one.person].push_back(&one);
    }
    std::vector<const Portrayed*> run(k);
    for (const auto& [person, own] : people) {
        for (std::size_t first = 0; own.size() > k && first < own.size(); ++first) {
            for (std::size_t i = 0; i < k; ++i)
                run[i] = own[(first + i) % own.size()];
            see(run);
        }
    }
}

std::vector<std::uint32_t> images_of(std::span<const Portrayed* const> run) {
    std::vector<std::uint32_t> images;
    for (const Portrayed* one : run)
        images.push_back(one->image);
    return images;
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
    each_run(templates, k, [&](std::span<const Portrayed* const> run) {
        std::vector<face::Template> views;
        for (const Portrayed* one : run)
            views.push_back(*one->face);
        add(gallery, match::fuse(views), *run.front(), images_of(run), population);
    });
    return gallery;
}

Settled settled_at_once(std::span<const Portrayed> templates, std::size_t views,
                        const std::optional<match::Population>& population) {
    constexpr std::size_t together = 2; // fewer than that match::Probe never takes at once
    constexpr Milliseconds apart{200};  // two views to it, and no waiting
    Settled settled;
    if (views <= together)
        return settled;
    each_run(templates, together, [&](std::span<const Portrayed* const> run) {
        ++settled.pairs;
        match::Probe probe(static_cast<int>(views));
        Instant now{};
        for (const Portrayed* one : run)
            probe.add({.face = *one->face, .captured = now += apart});
        if (const auto fused = probe.ready(now))
            add(settled.gallery, *fused, *run.front(), images_of(run), population);
    });
    return settled;
}

} // namespace kaomon::evaluate

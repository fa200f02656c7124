#include "daemon/face/picture_cv.hpp"

#include <opencv2/imgproc.hpp>

#include <memory>

namespace kaomon::face {
namespace {

// Matrices where secrets live, instead of on the heap.
class SecretMatAllocator final : public cv::MatAllocator {
  public:
    cv::UMatData* allocate(int dims, const int* sizes, int type, void* data, std::size_t* step,
                           cv::AccessFlag flags, cv::UMatUsageFlags usage) const override {
        if (data != nullptr) // around memory that is somebody else's
            return usual_->allocate(dims, sizes, type, data, step, flags, usage);
        std::size_t total = CV_ELEM_SIZE(type);
        for (int i = dims - 1; i >= 0; --i) {
            if (step != nullptr)
                step[i] = total;
            total *= static_cast<std::size_t>(sizes[i]);
        }
        auto block = std::make_unique<cv::UMatData>(this);
        block->data = block->origdata = static_cast<uchar*>(allocate_secret(total));
        block->size = total;
        return block.release();
    }
    bool allocate(cv::UMatData* block, cv::AccessFlag, cv::UMatUsageFlags) const override {
        return block != nullptr;
    }
    void deallocate(cv::UMatData* block) const override {
        if (block == nullptr)
            return;
        release_secret(block->origdata, block->size);
        delete block;
    }

  private:
    cv::MatAllocator* usual_ = cv::Mat::getStdAllocator();
};

} // namespace

void wipe_released_mats() {
    // Never destroyed: matrices in static objects may be released after main.
    static auto* const allocator = new SecretMatAllocator;
    cv::Mat::setDefaultAllocator(allocator);
}

cv::Mat as_rgb(const Image& picture) {
    const bool sound = picture.width > 0 && picture.height > 0 &&
                       (picture.channels == 1 || picture.channels == 3) &&
                       picture.pixels.size() == picture.stride() * static_cast<std::size_t>(picture.height);
    if (!sound)
        return {};
    // OpenCV has no matrix over const memory; nothing here writes through it.
    auto* pixels = const_cast<std::uint8_t*>(picture.pixels.data());
    cv::Mat view(picture.height, picture.width, picture.channels == 1 ? CV_8UC1 : CV_8UC3, pixels);
    if (picture.channels == 3)
        return view;
    cv::Mat rgb;
    cv::cvtColor(view, rgb, cv::COLOR_GRAY2RGB);
    return rgb;
}

Pixels pixels_of(const cv::Mat& rgb, float factor, float offset) {
    return {.first = rgb.data, .row = rgb.step[0], .factor = factor, .offset = offset};
}

} // namespace kaomon::face

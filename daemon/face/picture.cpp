#include "daemon/face/picture_cv.hpp"

#include <opencv2/imgproc.hpp>

namespace kaomon::face {
namespace {

// The usual allocator of OpenCV with one thing added: nothing is left behind in memory given back.
class WipingAllocator : public cv::MatAllocator {
  public:
    cv::UMatData* allocate(int dims, const int* sizes, int type, void* data, std::size_t* step,
                           cv::AccessFlag flags, cv::UMatUsageFlags usage) const override {
        cv::UMatData* block = usual_->allocate(dims, sizes, type, data, step, flags, usage);
        block->prevAllocator = block->currAllocator = this;
        return block;
    }
    bool allocate(cv::UMatData* block, cv::AccessFlag flags, cv::UMatUsageFlags usage) const override {
        return usual_->allocate(block, flags, usage);
    }
    void deallocate(cv::UMatData* block) const override {
        if (block && block->origdata && !(block->flags & cv::UMatData::USER_ALLOCATED)) {
            wipe(block->origdata, block->size);
        }
        usual_->deallocate(block);
    }

  private:
    cv::MatAllocator* usual_ = cv::Mat::getStdAllocator();
};

} // namespace

void wipe_released_mats() {
    // Never destroyed: matrices in static objects may be released after main.
    static auto* const allocator = new WipingAllocator;
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
    const cv::Mat view(picture.height, picture.width, picture.channels == 1 ? CV_8UC1 : CV_8UC3, pixels);
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

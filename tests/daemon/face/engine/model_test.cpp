// Files that are no network, or a wrong one, end in model_refused.
#include "daemon/face/engine/model.hpp"
#include "daemon/face/network.hpp"
#include "tests/daemon/face/engine/network_file.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace kaomon::face::engine {
namespace {

Layer plain() {
    Layer layer;
    layer.kernel_height = layer.kernel_width = 3;
    layer.activation = Activation::prelu;
    return layer;
}

NetworkFile sound() {
    NetworkFile file(8, 9);
    file.output(file.add(plain(), 4, 3), "y");
    return file;
}

bool refused(const Bytes& bytes) {
    const auto model = read_model(bytes);
    if (!model) {
        EXPECT_EQ(model.error().reason, Reason::model_refused);
    }
    return !model;
}

TEST(NetworkFile, ASoundOneIsReadAsItWasWritten) {
    NetworkFile file = sound();
    file.factor = 0.5F;
    file.offset = -1;
    const auto model = read_model(file.bytes());
    ASSERT_TRUE(model) << model.error().detail;
    EXPECT_EQ(model->factor, 0.5F);
    EXPECT_EQ(model->offset, -1.F);
    ASSERT_EQ(model->layers.size(), 1U);
    EXPECT_EQ(model->shapes[1], (Shape{6, 7, 4}));
    EXPECT_EQ(model->layers[0].weights.plain.size(), 4U * 27);
    EXPECT_EQ(model->layers[0].slopes.size(), 4U);
    EXPECT_EQ(model->outputs.at(0).name, "y");
}

TEST(NetworkFile, EightBitsAreScaledByBlocks) {
    Weights weights{.rows = 1,
                    .columns = 5,
                    .block = 2,
                    .plain = {},
                    .scale = {1, 0.5F, 0.25F},
                    .zero = {0, -1, 10},
                    .eight = {1, -128, 3, 127, -6}};
    EXPECT_EQ(weights.blocks(), 3U);
    EXPECT_EQ(weights.at(0, 1), -128.F);
    EXPECT_EQ(weights.at(0, 2), 2.F);
    EXPECT_EQ(weights.at(0, 3), 64.F);
    EXPECT_EQ(weights.at(0, 4), -4.F);
}

TEST(NetworkFile, CutAnywhereOrLongerItIsRefused) {
    const Bytes whole = sound().bytes();
    ASSERT_FALSE(refused(whole));
    for (std::size_t size = 0; size < whole.size(); ++size)
        ASSERT_TRUE(refused({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)})) << size;
    Bytes longer = whole;
    longer.push_back(0);
    EXPECT_TRUE(refused(longer));
}

TEST(NetworkFile, AForeignOneIsRefused) {
    NetworkFile file = sound();
    file.magic = "KAOMONES";
    EXPECT_TRUE(refused(file.bytes()));
    file = sound();
    file.version = 3;
    EXPECT_TRUE(refused(file.bytes()));
    EXPECT_TRUE(refused(Bytes(1000, 0xFF)));
    EXPECT_TRUE(refused({}));
}

TEST(NetworkFile, ANumberThatIsNoneIsRefused) {
    Bytes bytes = sound().bytes();
    for (const std::uint8_t top : Bytes{0x7F, 0xFF}) { // infinite and not a number, in the last bias
        Bytes broken = bytes;
        const std::size_t at = broken.size() - 9 - 4 * 4 - 4; // before the slopes and the one output
        broken[at + 2] = 0x80;
        broken[at + 3] = top;
        EXPECT_TRUE(refused(broken));
    }
}

TEST(NetworkFile, ValuesOutOfTheirRangeAreRefused) {
    const auto with = [](const std::function<void(Layer&)>& change, std::uint32_t channels = 4,
                         std::uint32_t tensor = 1) {
        NetworkFile file(8, 9);
        Layer layer = plain();
        change(layer);
        file.add(layer, channels, 3);
        file.output(tensor, "y");
        return file.bytes();
    };
    EXPECT_FALSE(refused(with([](Layer&) {})));
    EXPECT_TRUE(refused(with([](Layer& l) { l.source = 1; }))) << "reads itself";
    EXPECT_TRUE(refused(with([](Layer& l) { l.source = 0xFFFF'FFFF; })));
    EXPECT_TRUE(refused(with([](Layer& l) { l.residual = 1; })));
    EXPECT_TRUE(refused(with([](Layer& l) { l.residual = 0; }))) << "of another size";
    EXPECT_TRUE(refused(with([](Layer& l) { l.stride = 0; })));
    EXPECT_TRUE(refused(with([](Layer& l) { l.kernel_height = 0; })));
    EXPECT_TRUE(refused(with([](Layer& l) { l.kernel_height = 10; }))) << "larger than the picture";
    EXPECT_TRUE(refused(with([](Layer& l) { l.kernel_width = 17; })));
    EXPECT_TRUE(refused(with([](Layer& l) { l.padding.left = 1000; })));
    EXPECT_TRUE(refused(with([](Layer& l) { l.kind = static_cast<Kind>(4); })));
    EXPECT_TRUE(refused(with([](Layer& l) { l.activation = static_cast<Activation>(3); })));
    EXPECT_TRUE(refused(with([](Layer& l) { l.kind = Kind::depthwise; }))) << "four channels of three";
    EXPECT_TRUE(refused(with([](Layer& l) { l.kind = Kind::max_pool; }, 3)))
        << "an activation after a maximum";
    EXPECT_TRUE(refused(with([](Layer&) {}, 0)));
    EXPECT_TRUE(refused(with([](Layer&) {}, 4, 0))) << "the input as output";
    EXPECT_TRUE(refused(with([](Layer&) {}, 4, 2)));
}

TEST(NetworkFile, MoreThanAFaceIsWorthIsRefusedBeforeItIsAllocated) {
    NetworkFile large(1024, 1024);
    Layer layer;
    large.output(large.add(layer, 4096, 3), "y"); // 16 GiB
    EXPECT_TRUE(refused(large.bytes()));
    NetworkFile long_work(1024, 1024);
    layer.kernel_height = layer.kernel_width = 16;
    layer.padding = {8, 8, 8, 8};
    std::uint32_t last = 0;
    for (int i = 0; i < 12; ++i) {
        layer.source = last;
        last = long_work.add(layer, 3, 3);
    }
    long_work.output(last, "y");
    EXPECT_TRUE(refused(long_work.bytes()));
    EXPECT_TRUE(refused(NetworkFile(1025, 1).bytes()));
    EXPECT_TRUE(refused(NetworkFile(0, 8).bytes()));
}

TEST(NetworkFile, AnotherShapeThanWantedIsRefused) {
    const Bytes bytes = sound().bytes();
    for (const NetworkShape& shape :
         {NetworkShape{9, 8, {"y"}}, NetworkShape{8, 9, {"x"}}, NetworkShape{8, 9, {"y", "x"}}}) {
        const auto network = open_network(bytes, shape);
        ASSERT_FALSE(network);
        EXPECT_EQ(network.error().reason, Reason::model_refused);
    }
    EXPECT_TRUE(open_network(bytes, {8, 9, {"y"}}));
}

} // namespace
} // namespace kaomon::face::engine

#include "understudy_image.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <iostream>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>

struct ui_buffer {
    std::vector<uint8_t> bytes; // an encoded file
    cv::Mat pixels;             // or decoded, continuous pixels
};

namespace {

thread_local std::string last_error;

template <typename Work>
int32_t guarded(Work &&work) noexcept {
    try {
        last_error.clear();
        // OpenCV writes its own report of each failure to stderr; the caller gets the error text instead.
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
        work();
        return UI_OK;
    } catch (const std::exception &e) {
        try { last_error = e.what(); } catch (...) {}
    } catch (...) {
        try { last_error = "an error of unknown type"; } catch (...) {}
    }
    return UI_FAILED;
}

void require(bool holds, const char *message) {
    if (!holds) throw std::invalid_argument(message);
}

// The codecs speak BGR, the caller RGB; swapping in place needs no second library for colour conversion.
template <typename Sample>
void swap_red_and_blue(cv::Mat &image) {
    const int channels = image.channels();
    for (int y = 0; y < image.rows; y++) {
        auto *row = image.ptr<Sample>(y);
        for (int x = 0; x < image.cols; x++) std::swap(row[x * channels], row[x * channels + 2]);
    }
}

void swap_red_and_blue(cv::Mat &image) {
    if (image.channels() < 3) return;
    if (image.depth() == CV_16U) swap_red_and_blue<uint16_t>(image);
    else swap_red_and_blue<uint8_t>(image);
}

// The sizes that the headers of the three formats state, so that a bomb is refused before its pixels are allocated.
struct extent { int64_t width, height; };

uint32_t big(const uint8_t *p, int n) {
    uint32_t value = 0;
    for (int i = 0; i < n; i++) value = value << 8 | p[i];
    return value;
}

extent png_extent(const uint8_t *file, int64_t length) {
    require(length >= 33, "the PNG ends within its header");
    return {big(file + 16, 4), big(file + 20, 4)};
}

extent jpeg_extent(const uint8_t *file, int64_t length) {
    for (int64_t at = 2; at + 9 <= length;) {
        require(file[at] == 0xFF, "a JPEG segment does not start where the one before it ends");
        const uint8_t marker = file[at + 1];
        if (marker == 0xFF) { at++; continue; }
        const bool is_frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (is_frame) return {big(file + at + 7, 2), big(file + at + 5, 2)};
        at += 2 + static_cast<int64_t>(big(file + at + 2, 2));
    }
    throw std::invalid_argument("the JPEG states no size");
}

extent tiff_extent(const uint8_t *file, int64_t length) {
    require(length >= 8, "the TIFF ends within its header");
    const bool little = file[0] == 'I';
    const auto number = [&](int64_t at, int n) {
        require(at >= 0 && at + n <= length, "the TIFF ends within its directory");
        uint32_t value = 0;
        for (int i = 0; i < n; i++) value = value << 8 | file[little ? at + n - 1 - i : at + i];
        return static_cast<int64_t>(value);
    };
    require(number(2, 2) == 42, "the TIFF is no classic TIFF (BigTIFF is not read)");
    const int64_t directory = number(4, 4), entries = number(directory, 2);
    extent size{0, 0};
    for (int64_t i = 0; i < entries; i++) {
        const int64_t entry = directory + 2 + 12 * i, tag = number(entry, 2);
        if (tag != 256 && tag != 257) continue;
        const int64_t value = number(entry + 8, number(entry + 2, 2) == 3 ? 2 : 4);
        // A tag given twice counts with its larger value: which of the two a decoder takes must not matter.
        auto &side = tag == 256 ? size.width : size.height;
        side = std::max(side, value);
    }
    require(size.width > 0 && size.height > 0, "the TIFF states no size");
    return size;
}

extent stated_extent(const uint8_t *file, int64_t length) {
    static const uint8_t png[] = {0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
    require(length >= 8, "the file is too short for an image");
    if (std::equal(png, png + 8, file)) return png_extent(file, length);
    if (file[0] == 0xFF && file[1] == 0xD8) return jpeg_extent(file, length);
    if ((file[0] == 'I' && file[1] == 'I') || (file[0] == 'M' && file[1] == 'M')) return tiff_extent(file, length);
    throw std::invalid_argument("the content is no PNG, JPEG or TIFF");
}

// Holds back what C and C++ code writes to stderr. imdecode reports each failure there itself, and libjpeg says only there that it went
// on with a damaged file, filling what it lacks. The streams belong to the whole process, hence one decode at a time; the sink is never
// closed, so that a thread caught writing by the exchange writes into memory that stays.
class quiet {
public:
    quiet() : guard(mutex), file(stderr), buffer(std::cerr.rdbuf(nullptr)) {
        if (!sink) sink = open_memstream(&text, &length);
        if (!sink) return;
        std::fseek(sink, 0, SEEK_SET);
        stderr = sink;
    }
    ~quiet() {
        stderr = file;
        std::cerr.rdbuf(buffer);
    }
    quiet(const quiet &) = delete;
    quiet &operator=(const quiet &) = delete;

    std::string said() const {
        if (!sink || std::fflush(sink) != 0) return {};
        return {text, length};
    }

private:
    static inline std::mutex mutex;
    static inline FILE *sink = nullptr;
    static inline char *text = nullptr;
    static inline size_t length = 0;
    std::lock_guard<std::mutex> guard;
    FILE *file;
    std::streambuf *buffer;
};

void decode(const uint8_t *file, int64_t length, cv::Mat &image) {
    const quiet codecs;
    const cv::Mat view(1, static_cast<int>(length), CV_8U, const_cast<uint8_t *>(file));
    image = cv::imdecode(view, cv::IMREAD_UNCHANGED);
    const std::string said = codecs.said();
    const bool is_whole = said.find("Corrupt JPEG data") == std::string::npos && said.find("Premature end of JPEG") == std::string::npos;
    require(!image.empty() && is_whole, "the image is damaged or of a kind that is not read");
}

int matrix_type(const ui_image_info &info) {
    require(info.channels == 1 || info.channels == 3, "an image to encode has 1 or 3 channels");
    require(info.bits == 8 || info.bits == 16, "an image to encode has 8 or 16 bits a channel");
    return CV_MAKETYPE(info.bits == 16 ? CV_16U : CV_8U, info.channels);
}

} // namespace

int32_t ui_abi_version(void) { return 1; }

const char *ui_last_error(void) { return last_error.c_str(); }

int32_t ui_decode(const uint8_t *file, int64_t length, int32_t max_width, int32_t max_height, ui_image_info *info,
                  ui_buffer **pixels) {
    return guarded([&] {
        require(file && info && pixels, "a pointer is null");
        *pixels = nullptr;
        require(length <= INT32_MAX, "the file is larger than 2 GiB");
        const extent stated = stated_extent(file, length);
        if (stated.width > max_width || stated.height > max_height)
            throw std::invalid_argument("the image is " + std::to_string(stated.width) + "x" + std::to_string(stated.height) +
                                        " pixels; the limit is " + std::to_string(max_width) + "x" + std::to_string(max_height));
        auto result = std::make_unique<ui_buffer>();
        cv::Mat &image = result->pixels;
        decode(file, length, image);
        require(image.depth() == CV_8U || image.depth() == CV_16U, "the image has neither 8 nor 16 bits a channel");
        require(image.channels() == 1 || image.channels() == 3 || image.channels() == 4, "the image is neither grey nor colour");
        if (!image.isContinuous()) image = image.clone();
        swap_red_and_blue(image);
        *info = {image.cols, image.rows, image.channels(), image.depth() == CV_16U ? 16 : 8};
        *pixels = result.release();
    });
}

int32_t ui_encode(int32_t format, const void *samples, const ui_image_info *info, int32_t quality, ui_buffer **file) {
    return guarded([&] {
        require(samples && info && file, "a pointer is null");
        *file = nullptr;
        require(format >= UI_PNG && format <= UI_TIFF, "the format is none of PNG, JPEG and TIFF");
        require(format != UI_JPEG || info->bits == 8, "JPEG holds 8 bits a channel; choose PNG or TIFF for 16");
        require(info->width > 0 && info->height > 0, "an image has at least one pixel");
        const int type = matrix_type(*info);
        cv::Mat image = cv::Mat(info->height, info->width, type, const_cast<void *>(samples)).clone();
        swap_red_and_blue(image);
        static const char *const extensions[] = {".png", ".jpg", ".tiff"};
        const std::vector<int> options = format == UI_JPEG ? std::vector<int>{cv::IMWRITE_JPEG_QUALITY, quality} : std::vector<int>{};
        auto result = std::make_unique<ui_buffer>();
        require(cv::imencode(extensions[format], image, result->bytes, options), "the image cannot be encoded");
        *file = result.release();
    });
}

int64_t ui_buffer_length(const ui_buffer *buffer) {
    return static_cast<int64_t>(buffer->pixels.empty() ? buffer->bytes.size() : buffer->pixels.total() * buffer->pixels.elemSize());
}

const uint8_t *ui_buffer_data(const ui_buffer *buffer) {
    return buffer->pixels.empty() ? buffer->bytes.data() : buffer->pixels.data;
}

void ui_buffer_free(ui_buffer *buffer) { delete buffer; }

// A C interface to OpenCV's image codecs. Every function that can fail returns a ui_status; no exception leaves the library.
#pragma once
#include <cstdint>

#define UI_API extern "C" __attribute__((visibility("default")))

enum ui_status : int32_t { UI_OK = 0, UI_FAILED = 1 };
enum ui_format : int32_t { UI_PNG = 0, UI_JPEG = 1, UI_TIFF = 2 };

// What a call produced: pixels, or the bytes of a file. Made by the library; the caller frees it with ui_buffer_free.
struct ui_buffer;

// The shape of a decoded image; a plain value.
struct ui_image_info {
    int32_t width, height, channels, bits; // channels: 1 grey, 3 RGB, 4 RGBA; bits: 8 or 16 per channel
};

// The number that tells whether the caller was written for this library; nothing to free.
UI_API int32_t ui_abi_version(void);

// Why the calling thread's last call failed, UTF-8; owned by the library, valid until that thread's next call.
UI_API const char *ui_last_error(void);

// Decodes a file held in memory, refusing one larger than the limits; `file` is borrowed for the call, `*pixels` (rows of interleaved
// samples, native byte order) is the caller's to free.
UI_API int32_t ui_decode(const uint8_t *file, int64_t length, int32_t max_width, int32_t max_height, ui_image_info *info,
                         ui_buffer **pixels);

// Encodes interleaved samples of 1 (grey) or 3 (RGB) channels; `samples` is borrowed for the call, `*file` is the caller's to free.
// `quality` (0 to 100) is JPEG's and ignored elsewhere.
UI_API int32_t ui_encode(int32_t format, const void *samples, const ui_image_info *info, int32_t quality, ui_buffer **file);

// The number of bytes in a buffer, which stays the caller's.
UI_API int64_t ui_buffer_length(const ui_buffer *buffer);

// The first byte of a buffer; owned by the buffer, valid until it is freed.
UI_API const uint8_t *ui_buffer_data(const ui_buffer *buffer);

// Frees a buffer; null is allowed.
UI_API void ui_buffer_free(ui_buffer *buffer);

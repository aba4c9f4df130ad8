#include "base/number.h"

#include <errno.h>

int number_parse(struct bytes text, uint64_t max, uint64_t *ret_value)
{
	uint64_t value = 0;
	bool too_large = false;

	if (text.length == 0)
		return -EINVAL;
	for (size_t i = 0; i < text.length; i++) {
		unsigned digit = (unsigned char)text.data[i] - (unsigned)'0';

		if (digit > 9)
			return -EINVAL;
		if (digit > max || value > (max - digit) / 10)
			too_large = true;
		else
			value = value * 10 + digit;
	}
	if (too_large)
		return -ERANGE;
	*ret_value = value;
	return 0;
}

size_t number_format(uint64_t number, char ret_text[NUMBER_TEXT_MAX])
{
	char reversed[NUMBER_TEXT_MAX];
	size_t length = 0;

	do {
		reversed[length++] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	for (size_t i = 0; i < length; i++)
		ret_text[i] = reversed[length - 1 - i];
	ret_text[length] = '\0';
	return length;
}

int number_hex_digit(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	if (digit >= 'A' && digit <= 'F')
		return digit - 'A' + 10;
	if (digit >= 'a' && digit <= 'f')
		return digit - 'a' + 10;
	return -1;
}

int number_parse_hex(const char *text, size_t digits, uint32_t *ret_value)
{
	uint32_t value = 0;

	for (size_t i = 0; i < digits; i++) {
		int digit = number_hex_digit(text[i]);

		if (digit < 0)
			return -EINVAL;
		value = value << 4 | (uint32_t)digit;
	}
	*ret_value = value;
	return 0;
}

int number_parse_seconds(struct bytes text, int64_t *ret_milliseconds)
{
	enum { SECONDS_A_DAY = 24 * 60 * 60 };
	struct bytes fraction = text;
	struct bytes whole;
	uint64_t seconds = 0;
	uint64_t thousandths = 0;
	int error = 0;

	bytes_cut_suffix(&fraction, "s");
	whole = bytes_cut(&fraction, '.');
	if (whole.length || !fraction.length)
		error = number_parse(whole, SECONDS_A_DAY, &seconds);
	if (error)
		return error;
	if (fraction.data) {
		if (fraction.length > 3)
			return -EINVAL;
		error = number_parse(fraction, 999, &thousandths);
		if (error)
			return error;
		for (size_t places = fraction.length; places < 3; places++)
			thousandths *= 10;
	}
	if (seconds == SECONDS_A_DAY && thousandths)
		return -ERANGE;
	*ret_milliseconds = (int64_t)(seconds * 1000 + thousandths);
	return 0;
}

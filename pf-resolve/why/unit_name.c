#include "unit_name.h"

static bool cut_type(struct bytes *name, const char *const types[])
{
	for (size_t i = 0; types[i]; i++)
		if (bytes_cut_suffix(name, types[i]))
			return true;
	return false;
}

static bool may_be_in_name(char byte)
{
	struct bytes others = bytes_of(":-_.\\@");

	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
		(byte >= '0' && byte <= '9') || memchr(others.data, byte, others.length);
}

bool unit_name_is_valid(struct bytes name, const char *const types[])
{
	enum { NAME_MAX_BYTES = 255 };
	struct bytes instance;

	if (name.length > NAME_MAX_BYTES || !cut_type(&name, types) || name.length == 0 ||
		name.data[0] == '-')
		return false;
	for (size_t i = 0; i < name.length; i++)
		if (!may_be_in_name(name.data[i]))
			return false;
	instance = name;
	return bytes_cut(&instance, '@').length > 0 && (!instance.data || instance.length > 0);
}
